// SPDX-License-Identifier: GPL-3.0-or-later
//! Every message that a request may carry, after the discovery document `people.v1.json`, revision 20251117.

use super::{Kind, Member, Message};

const fn member(name: &'static str, kind: Kind) -> Member {
    Member {
        name,
        kind,
        repeated: false,
        output_only: false,
    }
}
const fn text(name: &'static str) -> Member {
    member(name, Kind::Text)
}
const fn flag(name: &'static str) -> Member {
    member(name, Kind::Flag)
}
const fn number(name: &'static str) -> Member {
    member(name, Kind::Number)
}
const fn one(name: &'static str, message: &'static Message) -> Member {
    member(name, Kind::One(message))
}
const fn many(name: &'static str, message: &'static Message) -> Member {
    Member {
        repeated: true,
        ..one(name, message)
    }
}
const fn texts(name: &'static str) -> Member {
    Member {
        repeated: true,
        ..text(name)
    }
}
const fn output(name: &'static str) -> Member {
    Member {
        output_only: true,
        ..member(name, Kind::Any)
    }
}
const META: Member = one("metadata", &FIELD_METADATA);
const FORMATTED_TYPE: Member = output("formattedType");

const SOURCE_TYPE: Kind = Kind::Choice(
    "Source.SourceType",
    &[
        "SOURCE_TYPE_UNSPECIFIED",
        "ACCOUNT",
        "PROFILE",
        "DOMAIN_PROFILE",
        "CONTACT",
        "OTHER_CONTACT",
        "DOMAIN_CONTACT",
    ],
);
/// The values of a `sources` parameter.
pub const READ_SOURCE: Kind = Kind::Choice(
    "ReadSourceType",
    &[
        "READ_SOURCE_TYPE_UNSPECIFIED",
        "READ_SOURCE_TYPE_PROFILE",
        "READ_SOURCE_TYPE_CONTACT",
        "READ_SOURCE_TYPE_DOMAIN_CONTACT",
        "READ_SOURCE_TYPE_OTHER_CONTACT",
    ],
);
/// The values of a `sortOrder` parameter.
pub const SORT_ORDER: Kind = Kind::Choice(
    "ListConnectionsRequest.SortOrder",
    &[
        "LAST_MODIFIED_ASCENDING",
        "LAST_MODIFIED_DESCENDING",
        "FIRST_NAME_ASCENDING",
        "LAST_NAME_ASCENDING",
    ],
);
const CONTENT_TYPE: Kind = Kind::Choice(
    "Biography.ContentType",
    &["CONTENT_TYPE_UNSPECIFIED", "TEXT_PLAIN", "TEXT_HTML"],
);
const NICKNAME_TYPE: Kind = Kind::Choice(
    "Nickname.NicknameType",
    &[
        "DEFAULT",
        "MAIDEN_NAME",
        "INITIALS",
        "GPLUS",
        "OTHER_NAME",
        "ALTERNATE_NAME",
        "SHORT_NAME",
    ],
);
const KEYWORD_TYPE: Kind = Kind::Choice(
    "MiscKeyword.KeywordType",
    &[
        "TYPE_UNSPECIFIED",
        "OUTLOOK_BILLING_INFORMATION",
        "OUTLOOK_DIRECTORY_SERVER",
        "OUTLOOK_KEYWORD",
        "OUTLOOK_MILEAGE",
        "OUTLOOK_PRIORITY",
        "OUTLOOK_SENSITIVITY",
        "OUTLOOK_SUBJECT",
        "OUTLOOK_USER",
        "HOME",
        "WORK",
        "OTHER",
    ],
);

static SOURCE: Message = Message {
    name: "Source",
    members: &[
        text("etag"),
        text("id"),
        member("type", SOURCE_TYPE),
        output("updateTime"),
        output("profileMetadata"),
    ],
};
static FIELD_METADATA: Message = Message {
    name: "FieldMetadata",
    members: &[
        output("primary"),
        one("source", &SOURCE),
        flag("sourcePrimary"),
        output("verified"),
    ],
};
// Google marks the whole of it output only, yet reads the etag of a source: only its other members are ignored here.
static PERSON_METADATA: Message = Message {
    name: "PersonMetadata",
    members: &[
        output("deleted"),
        output("linkedPeopleResourceNames"),
        output("objectType"),
        output("previousResourceNames"),
        many("sources", &SOURCE),
    ],
};
/// A date, perhaps partial.
pub static DATE: Message = Message {
    name: "Date",
    members: &[number("year"), number("month"), number("day")],
};

static ADDRESS: Message = Message {
    name: "Address",
    members: &[
        META,
        FORMATTED_TYPE,
        text("type"),
        text("formattedValue"),
        text("streetAddress"),
        text("extendedAddress"),
        text("poBox"),
        text("postalCode"),
        text("city"),
        text("region"),
        text("country"),
        text("countryCode"),
    ],
};
static BIOGRAPHY: Message = Message {
    name: "Biography",
    members: &[META, text("value"), member("contentType", CONTENT_TYPE)],
};
static BIRTHDAY: Message = Message {
    name: "Birthday",
    members: &[META, one("date", &DATE), text("text")],
};
static CALENDAR_URL: Message = Message {
    name: "CalendarUrl",
    members: &[META, FORMATTED_TYPE, text("url"), text("type")],
};
static CLIENT_DATA: Message = Message {
    name: "ClientData",
    members: &[META, text("key"), text("value")],
};
static EMAIL_ADDRESS: Message = Message {
    name: "EmailAddress",
    members: &[META, FORMATTED_TYPE, text("value"), text("type"), text("displayName")],
};
static EVENT: Message = Message {
    name: "Event",
    members: &[META, FORMATTED_TYPE, one("date", &DATE), text("type")],
};
static TYPED: Message = Message {
    name: "ExternalId",
    members: &[META, FORMATTED_TYPE, text("value"), text("type")],
};
static VALUE: Message = Message {
    name: "FieldValue",
    members: &[META, text("value")],
};
static GENDER: Message = Message {
    name: "Gender",
    members: &[META, output("formattedValue"), text("value"), text("addressMeAs")],
};
static IM_CLIENT: Message = Message {
    name: "ImClient",
    members: &[
        META,
        FORMATTED_TYPE,
        output("formattedProtocol"),
        text("username"),
        text("type"),
        text("protocol"),
    ],
};
static LOCATION: Message = Message {
    name: "Location",
    members: &[
        META,
        text("value"),
        text("type"),
        flag("current"),
        text("buildingId"),
        text("floor"),
        text("floorSection"),
        text("deskCode"),
    ],
};
static GROUP_MEMBERSHIP: Message = Message {
    name: "ContactGroupMembership",
    members: &[output("contactGroupId"), text("contactGroupResourceName")],
};
static MEMBERSHIP: Message = Message {
    name: "Membership",
    members: &[
        META,
        one("contactGroupMembership", &GROUP_MEMBERSHIP),
        output("domainMembership"),
    ],
};
static MISC_KEYWORD: Message = Message {
    name: "MiscKeyword",
    members: &[META, FORMATTED_TYPE, text("value"), member("type", KEYWORD_TYPE)],
};
static NAME: Message = Message {
    name: "Name",
    members: &[
        META,
        output("displayName"),
        output("displayNameLastFirst"),
        text("unstructuredName"),
        text("honorificPrefix"),
        text("givenName"),
        text("middleName"),
        text("familyName"),
        text("honorificSuffix"),
        text("phoneticFullName"),
        text("phoneticHonorificPrefix"),
        text("phoneticGivenName"),
        text("phoneticMiddleName"),
        text("phoneticFamilyName"),
        text("phoneticHonorificSuffix"),
    ],
};
static NICKNAME: Message = Message {
    name: "Nickname",
    members: &[META, text("value"), member("type", NICKNAME_TYPE)],
};
static ORGANIZATION: Message = Message {
    name: "Organization",
    members: &[
        META,
        FORMATTED_TYPE,
        text("type"),
        text("name"),
        text("phoneticName"),
        text("department"),
        text("title"),
        text("jobDescription"),
        text("symbol"),
        text("domain"),
        text("location"),
        text("costCenter"),
        number("fullTimeEquivalentMillipercent"),
        flag("current"),
        one("startDate", &DATE),
        one("endDate", &DATE),
    ],
};
static PHONE_NUMBER: Message = Message {
    name: "PhoneNumber",
    members: &[
        META,
        FORMATTED_TYPE,
        output("canonicalForm"),
        text("value"),
        text("type"),
    ],
};
static RELATION: Message = Message {
    name: "Relation",
    members: &[META, FORMATTED_TYPE, text("person"), text("type")],
};
static USER_DEFINED: Message = Message {
    name: "UserDefined",
    members: &[META, text("key"), text("value")],
};

/// A person, as sent.
pub static PERSON: Message = Message {
    name: "Person",
    members: &[
        text("resourceName"),
        text("etag"),
        one("metadata", &PERSON_METADATA),
        many("addresses", &ADDRESS),
        output("ageRange"),
        output("ageRanges"),
        many("biographies", &BIOGRAPHY),
        many("birthdays", &BIRTHDAY),
        many("braggingRights", &VALUE),
        many("calendarUrls", &CALENDAR_URL),
        many("clientData", &CLIENT_DATA),
        output("coverPhotos"),
        many("emailAddresses", &EMAIL_ADDRESS),
        many("events", &EVENT),
        many("externalIds", &TYPED),
        many("fileAses", &VALUE),
        many("genders", &GENDER),
        many("imClients", &IM_CLIENT),
        many("interests", &VALUE),
        many("locales", &VALUE),
        many("locations", &LOCATION),
        many("memberships", &MEMBERSHIP),
        many("miscKeywords", &MISC_KEYWORD),
        many("names", &NAME),
        many("nicknames", &NICKNAME),
        many("occupations", &VALUE),
        many("organizations", &ORGANIZATION),
        many("phoneNumbers", &PHONE_NUMBER),
        output("photos"),
        many("relations", &RELATION),
        output("relationshipInterests"),
        output("relationshipStatuses"),
        many("residences", &VALUE),
        many("sipAddresses", &TYPED),
        many("skills", &VALUE),
        output("taglines"),
        many("urls", &TYPED),
        many("userDefined", &USER_DEFINED),
    ],
};

static GROUP_CLIENT_DATA: Message = Message {
    name: "GroupClientData",
    members: &[text("key"), text("value")],
};
static CONTACT_GROUP: Message = Message {
    name: "ContactGroup",
    members: &[
        text("resourceName"),
        text("etag"),
        text("name"),
        many("clientData", &GROUP_CLIENT_DATA),
        output("formattedName"),
        output("groupType"),
        output("memberCount"),
        output("memberResourceNames"),
        output("metadata"),
    ],
};
static CONTACT_TO_CREATE: Message = Message {
    name: "ContactToCreate",
    members: &[one("contactPerson", &PERSON)],
};
const SOURCES: Member = Member {
    repeated: true,
    ..member("sources", READ_SOURCE)
};

/// Body of `people.batchCreateContacts`.
pub static BATCH_CREATE: Message = Message {
    name: "BatchCreateContactsRequest",
    members: &[many("contacts", &CONTACT_TO_CREATE), text("readMask"), SOURCES],
};
/// Body of `people.batchUpdateContacts`.
pub static BATCH_UPDATE: Message = Message {
    name: "BatchUpdateContactsRequest",
    members: &[
        member("contacts", Kind::Map(&PERSON)),
        text("updateMask"),
        text("readMask"),
        SOURCES,
    ],
};
/// Body of `people.batchDeleteContacts`.
pub static BATCH_DELETE: Message = Message {
    name: "BatchDeleteContactsRequest",
    members: &[texts("resourceNames")],
};
/// Body of `otherContacts.copyOtherContactToMyContactsGroup`.
pub static COPY_OTHER: Message = Message {
    name: "CopyOtherContactToMyContactsGroupRequest",
    members: &[text("copyMask"), text("readMask"), SOURCES],
};
/// Body of `people.updateContactPhoto`.
pub static UPDATE_PHOTO: Message = Message {
    name: "UpdateContactPhotoRequest",
    members: &[member("photoBytes", Kind::Bytes), text("personFields"), SOURCES],
};
/// Body of `contactGroups.create`.
pub static CREATE_GROUP: Message = Message {
    name: "CreateContactGroupRequest",
    members: &[one("contactGroup", &CONTACT_GROUP), text("readGroupFields")],
};
/// Body of `contactGroups.update`.
pub static UPDATE_GROUP: Message = Message {
    name: "UpdateContactGroupRequest",
    members: &[
        one("contactGroup", &CONTACT_GROUP),
        text("updateGroupFields"),
        text("readGroupFields"),
    ],
};
/// Body of `contactGroups.members.modify`.
pub static MODIFY_MEMBERS: Message = Message {
    name: "ModifyContactGroupMembersRequest",
    members: &[texts("resourceNamesToAdd"), texts("resourceNamesToRemove")],
};
