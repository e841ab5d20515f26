// SPDX-License-Identifier: GPL-3.0-or-later
//! The table of methods, after the discovery document, and the quota units of each.

use super::{
    Class, Method, Run, batch, connections, groups, members, other_contacts, people_read, people_write, photos, search,
};
use crate::oauth::{authorize, documents, identity, token};
use crate::quota::{Bucket, Units};
use crate::schema::{Kind, Member, READ_SOURCE, SORT_ORDER};

const CONTACTS: &str = "https://www.googleapis.com/auth/contacts";
const READ_CONTACTS: &[&str] = &[CONTACTS, "https://www.googleapis.com/auth/contacts.readonly"];
const WRITE_CONTACTS: &[&str] = &[CONTACTS];
const READ_OTHERS: &[&str] = &["https://www.googleapis.com/auth/contacts.other.readonly"];
const READ_PEOPLE: &[&str] = &[
    CONTACTS,
    "https://www.googleapis.com/auth/contacts.readonly",
    "https://www.googleapis.com/auth/contacts.other.readonly",
    "https://www.googleapis.com/auth/directory.readonly",
    "https://www.googleapis.com/auth/user.addresses.read",
    "https://www.googleapis.com/auth/user.birthday.read",
    "https://www.googleapis.com/auth/user.emails.read",
    "https://www.googleapis.com/auth/user.gender.read",
    "https://www.googleapis.com/auth/user.organization.read",
    "https://www.googleapis.com/auth/user.phonenumbers.read",
    "https://www.googleapis.com/auth/userinfo.email",
    "https://www.googleapis.com/auth/userinfo.profile",
];

const ONE_READ: Units = &[(Bucket::CriticalRead, 1)];
const ONE_WRITE: Units = &[
    (Bucket::CriticalRead, 1),
    (Bucket::CriticalWrite, 1),
    (Bucket::DailyWrite, 1),
];
const BATCH_WRITE: Units = &[
    (Bucket::CriticalRead, 6),
    (Bucket::CriticalWrite, 6),
    (Bucket::DailyWrite, 200),
];
const ONE_DELETE: Units = &[(Bucket::Write, 1), (Bucket::DailyWrite, 1)];
const BATCH_DELETE: Units = &[(Bucket::Write, 10), (Bucket::DailyWrite, 500)];
const PHOTO_WRITE: Units = &[(Bucket::PhotoWrite, 1)];
const GROUP_READ: Units = &[(Bucket::Read, 1)];
const GROUP_WRITE: Units = &[(Bucket::Write, 1)];
const FREE: Units = &[];

const fn parameter(name: &'static str, kind: Kind) -> Member {
    Member {
        name,
        kind,
        repeated: false,
        output_only: false,
    }
}
const fn parameters(name: &'static str, kind: Kind) -> Member {
    Member {
        repeated: true,
        ..parameter(name, kind)
    }
}
const PERSON_FIELDS: Member = parameter("personFields", Kind::Text);
const INCLUDE_FIELD: Member = parameter("requestMask.includeField", Kind::Text);
const SOURCES: Member = parameters("sources", READ_SOURCE);
const NAMES: Member = parameters("resourceNames", Kind::Text);
const PAGE_SIZE: Member = parameter("pageSize", Kind::Number);
const PAGE_TOKEN: Member = parameter("pageToken", Kind::Text);
const SYNC_TOKEN: Member = parameter("syncToken", Kind::Text);
const REQUEST_SYNC_TOKEN: Member = parameter("requestSyncToken", Kind::Flag);
const READ_MASK: Member = parameter("readMask", Kind::Text);
const GROUP_FIELDS: Member = parameter("groupFields", Kind::Text);
const MAX_MEMBERS: Member = parameter("maxMembers", Kind::Number);
const NO_PARAMETERS: &[Member] = &[];

const fn oauth(id: &'static str, verb: &'static str, pattern: &'static str, run: Run) -> Method {
    Method {
        id,
        verb,
        pattern,
        class: Class::OAuth,
        scopes: &[],
        query: NO_PARAMETERS,
        units: FREE,
        run,
    }
}

/// Every method that the server has.
pub static METHODS: &[Method] = &[
    Method {
        id: "people.get",
        verb: "GET",
        pattern: "/v1/people/{}",
        class: Class::Read,
        scopes: READ_PEOPLE,
        query: &[PERSON_FIELDS, INCLUDE_FIELD, SOURCES],
        units: ONE_READ,
        run: Run::People(people_read::get),
    },
    Method {
        id: "people.getBatchGet",
        verb: "GET",
        pattern: "/v1/people:batchGet",
        class: Class::Read,
        scopes: READ_PEOPLE,
        query: &[NAMES, PERSON_FIELDS, INCLUDE_FIELD, SOURCES],
        units: ONE_READ,
        run: Run::People(people_read::batch_get),
    },
    Method {
        id: "people.connections.list",
        verb: "GET",
        pattern: "/v1/people/{}/connections",
        class: Class::Read,
        scopes: READ_CONTACTS,
        query: &[
            PERSON_FIELDS,
            INCLUDE_FIELD,
            SOURCES,
            PAGE_SIZE,
            PAGE_TOKEN,
            SYNC_TOKEN,
            REQUEST_SYNC_TOKEN,
            parameter("sortOrder", SORT_ORDER),
        ],
        units: ONE_READ,
        run: Run::People(connections::list),
    },
    Method {
        id: "people.searchContacts",
        verb: "GET",
        pattern: "/v1/people:searchContacts",
        class: Class::Read,
        scopes: READ_CONTACTS,
        query: &[parameter("query", Kind::Text), READ_MASK, PAGE_SIZE, SOURCES],
        units: ONE_READ,
        run: Run::People(search::contacts),
    },
    Method {
        id: "people.createContact",
        verb: "POST",
        pattern: "/v1/people:createContact",
        class: Class::Write,
        scopes: WRITE_CONTACTS,
        query: &[PERSON_FIELDS, SOURCES],
        units: ONE_WRITE,
        run: Run::People(people_write::create),
    },
    Method {
        id: "people.updateContact",
        verb: "PATCH",
        pattern: "/v1/people/{}:updateContact",
        class: Class::Write,
        scopes: WRITE_CONTACTS,
        query: &[parameter("updatePersonFields", Kind::Text), PERSON_FIELDS, SOURCES],
        units: ONE_WRITE,
        run: Run::People(people_write::update),
    },
    Method {
        id: "people.deleteContact",
        verb: "DELETE",
        pattern: "/v1/people/{}:deleteContact",
        class: Class::Write,
        scopes: WRITE_CONTACTS,
        query: NO_PARAMETERS,
        units: ONE_DELETE,
        run: Run::People(people_write::delete),
    },
    Method {
        id: "people.updateContactPhoto",
        verb: "PATCH",
        pattern: "/v1/people/{}:updateContactPhoto",
        class: Class::Write,
        scopes: WRITE_CONTACTS,
        query: NO_PARAMETERS,
        units: PHOTO_WRITE,
        run: Run::People(photos::update),
    },
    Method {
        id: "people.deleteContactPhoto",
        verb: "DELETE",
        pattern: "/v1/people/{}:deleteContactPhoto",
        class: Class::Write,
        scopes: WRITE_CONTACTS,
        query: &[PERSON_FIELDS, SOURCES],
        units: PHOTO_WRITE,
        run: Run::People(photos::delete),
    },
    Method {
        id: "people.batchCreateContacts",
        verb: "POST",
        pattern: "/v1/people:batchCreateContacts",
        class: Class::Write,
        scopes: WRITE_CONTACTS,
        query: NO_PARAMETERS,
        units: BATCH_WRITE,
        run: Run::People(batch::create),
    },
    Method {
        id: "people.batchUpdateContacts",
        verb: "POST",
        pattern: "/v1/people:batchUpdateContacts",
        class: Class::Write,
        scopes: WRITE_CONTACTS,
        query: NO_PARAMETERS,
        units: BATCH_WRITE,
        run: Run::People(batch::update),
    },
    Method {
        id: "people.batchDeleteContacts",
        verb: "POST",
        pattern: "/v1/people:batchDeleteContacts",
        class: Class::Write,
        scopes: WRITE_CONTACTS,
        query: NO_PARAMETERS,
        units: BATCH_DELETE,
        run: Run::People(batch::delete),
    },
    Method {
        id: "otherContacts.list",
        verb: "GET",
        pattern: "/v1/otherContacts",
        class: Class::Read,
        scopes: READ_OTHERS,
        query: &[
            READ_MASK,
            PAGE_SIZE,
            PAGE_TOKEN,
            SYNC_TOKEN,
            REQUEST_SYNC_TOKEN,
            SOURCES,
        ],
        units: ONE_READ,
        run: Run::People(other_contacts::list),
    },
    Method {
        id: "otherContacts.search",
        verb: "GET",
        pattern: "/v1/otherContacts:search",
        class: Class::Read,
        scopes: READ_OTHERS,
        query: &[parameter("query", Kind::Text), READ_MASK, PAGE_SIZE],
        units: ONE_READ,
        run: Run::People(search::others),
    },
    Method {
        id: "otherContacts.copyOtherContactToMyContactsGroup",
        verb: "POST",
        pattern: "/v1/otherContacts/{}:copyOtherContactToMyContactsGroup",
        class: Class::Write,
        scopes: WRITE_CONTACTS,
        query: NO_PARAMETERS,
        units: ONE_WRITE,
        run: Run::People(other_contacts::copy),
    },
    Method {
        id: "contactGroups.list",
        verb: "GET",
        pattern: "/v1/contactGroups",
        class: Class::Read,
        scopes: READ_CONTACTS,
        query: &[GROUP_FIELDS, PAGE_SIZE, PAGE_TOKEN, SYNC_TOKEN],
        units: GROUP_READ,
        run: Run::People(groups::list),
    },
    Method {
        id: "contactGroups.get",
        verb: "GET",
        pattern: "/v1/contactGroups/{}",
        class: Class::Read,
        scopes: READ_CONTACTS,
        query: &[GROUP_FIELDS, MAX_MEMBERS],
        units: GROUP_READ,
        run: Run::People(groups::get),
    },
    Method {
        id: "contactGroups.batchGet",
        verb: "GET",
        pattern: "/v1/contactGroups:batchGet",
        class: Class::Read,
        scopes: READ_CONTACTS,
        query: &[NAMES, GROUP_FIELDS, MAX_MEMBERS],
        units: GROUP_READ,
        run: Run::People(groups::batch_get),
    },
    Method {
        id: "contactGroups.create",
        verb: "POST",
        pattern: "/v1/contactGroups",
        class: Class::Write,
        scopes: WRITE_CONTACTS,
        query: NO_PARAMETERS,
        units: GROUP_WRITE,
        run: Run::People(groups::create),
    },
    Method {
        id: "contactGroups.update",
        verb: "PUT",
        pattern: "/v1/contactGroups/{}",
        class: Class::Write,
        scopes: WRITE_CONTACTS,
        query: NO_PARAMETERS,
        units: GROUP_WRITE,
        run: Run::People(groups::update),
    },
    Method {
        id: "contactGroups.delete",
        verb: "DELETE",
        pattern: "/v1/contactGroups/{}",
        class: Class::Write,
        scopes: WRITE_CONTACTS,
        query: &[parameter("deleteContacts", Kind::Flag)],
        units: GROUP_WRITE,
        run: Run::People(groups::delete),
    },
    Method {
        id: "contactGroups.members.modify",
        verb: "POST",
        pattern: "/v1/contactGroups/{}/members:modify",
        class: Class::Write,
        scopes: WRITE_CONTACTS,
        query: NO_PARAMETERS,
        units: GROUP_WRITE,
        run: Run::People(members::modify),
    },
    oauth("oauth.auth", "GET", "/o/oauth2/v2/auth", Run::OAuth(authorize::ask)),
    oauth(
        "oauth.consent",
        "POST",
        "/o/oauth2/v2/auth",
        Run::OAuth(authorize::decide),
    ),
    oauth("oauth.token", "POST", "/token", Run::OAuth(token::exchange)),
    oauth("oauth.revoke", "POST", "/revoke", Run::OAuth(token::revoke)),
    oauth("oauth.tokeninfo", "GET", "/tokeninfo", Run::OAuth(identity::tokeninfo)),
    oauth("oauth.tokeninfo", "POST", "/tokeninfo", Run::OAuth(identity::tokeninfo)),
    oauth("oauth.userinfo", "GET", "/v1/userinfo", Run::OAuth(identity::userinfo)),
    oauth("oauth.userinfo", "POST", "/v1/userinfo", Run::OAuth(identity::userinfo)),
    oauth(
        "oauth.userinfo",
        "GET",
        "/oauth2/v1/userinfo",
        Run::OAuth(identity::userinfo),
    ),
    oauth(
        "oauth.userinfo",
        "GET",
        "/oauth2/v2/userinfo",
        Run::OAuth(identity::userinfo),
    ),
    oauth(
        "oauth.userinfo",
        "GET",
        "/oauth2/v3/userinfo",
        Run::OAuth(identity::userinfo),
    ),
    oauth(
        "oauth.discovery",
        "GET",
        "/.well-known/openid-configuration",
        Run::OAuth(documents::discovery),
    ),
    oauth("oauth.certs", "GET", "/oauth2/v3/certs", Run::OAuth(documents::certs)),
];
