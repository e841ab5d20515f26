// SPDX-License-Identifier: GPL-3.0-or-later
//! The address book of one account: contacts, labels, trash.
//!
//! It keeps its own rules (every contact has a label, versions grow) and knows nothing of HTTP.

mod contact;
mod group;
mod past;
mod photo;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

pub use contact::{Contact, Fields, Item, Origin, Profile};
pub use group::{Group, MY_CONTACTS, SYSTEM_GROUPS, accepts_members};
pub use past::Seen;
pub use photo::Photo;

use self::past::Past;
use crate::clock::Instant;
use crate::random::Sequence;

const TRASH_DAYS: i64 = 30;

/// An address book.
#[derive(Debug)]
pub struct Book {
    contacts: BTreeMap<u64, Arc<Contact>>,
    names: HashMap<String, u64>,
    trash: BTreeMap<u64, (Arc<Contact>, Instant)>,
    groups: Vec<Group>,
    deleted_groups: Vec<Group>,
    /// People whom the user has written to, by resource name.
    others: BTreeMap<String, Arc<Contact>>,
    search_index: BTreeMap<Standing, Vec<Arc<Contact>>>,
    changes: u64,
    past: Past,
    ids: Sequence,
}

/// What a new contact consists of.
#[derive(Debug, Clone, Default)]
pub struct NewContact {
    /// Its fields.
    pub fields: Fields,
    /// Resource names of its labels.
    pub memberships: Vec<String>,
    /// Who made it.
    pub origin: Origin,
}

/// What somebody is to the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// A contact.
    Contact,
    /// Only somebody whom the user has written to.
    Other,
}

/// How a label is deleted.
#[derive(Debug, Clone, Copy)]
pub struct DeleteGroup {
    /// Its contacts go to the trash.
    pub with_contacts: bool,
    /// Its contacts get a new version.
    pub bump: bool,
    /// Contacts of which it was the last label fall back to myContacts.
    pub orphans_join_my_contacts: bool,
}

impl Book {
    /// An empty book; the seed decides the resource names to come.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            contacts: BTreeMap::new(),
            names: HashMap::new(),
            trash: BTreeMap::new(),
            groups: (0..)
                .zip(SYSTEM_GROUPS)
                .map(|(rank, (id, name))| Group::system(rank, id, name))
                .collect(),
            deleted_groups: Vec::new(),
            others: BTreeMap::new(),
            search_index: BTreeMap::new(),
            changes: 0,
            past: Past::default(),
            ids: Sequence::new(seed),
        }
    }

    /// The contact of a resource name, present or former.
    #[must_use]
    pub fn contact(&self, resource_name: &str) -> Option<&Arc<Contact>> {
        self.names.get(resource_name).and_then(|id| self.contacts.get(id))
    }

    /// The contact of a number.
    #[must_use]
    pub fn by_id(&self, id: u64) -> Option<&Arc<Contact>> {
        self.contacts.get(&id)
    }

    /// All contacts, the one changed longest ago first.
    #[must_use]
    pub fn by_last_change(&self) -> Vec<Arc<Contact>> {
        self.all(Standing::Contact)
    }

    /// All of a standing, the one changed longest ago first.
    #[must_use]
    pub fn all(&self, standing: Standing) -> Vec<Arc<Contact>> {
        let mut all = match standing {
            Standing::Contact => self.contacts.values().cloned().collect::<Vec<_>>(),
            Standing::Other => self.others.values().cloned().collect(),
        };
        all.sort_by_key(|contact| contact.change);
        all
    }

    /// The other contact of a resource name.
    #[must_use]
    pub fn other(&self, resource_name: &str) -> Option<&Arc<Contact>> {
        self.others.get(resource_name)
    }

    /// The contact of a resource name as it was at a moment.
    #[must_use]
    pub fn contact_at(&self, resource_name: &str, moment: Instant) -> Option<&Arc<Contact>> {
        let id = self.names.get(resource_name).copied();
        let id = id.or_else(|| self.past.number(resource_name))?;
        self.past.contact(id, moment).or_else(|| self.contacts.get(&id))
    }

    /// The book as it was at a moment, trash and deleted labels included.
    #[must_use]
    pub fn seen_at(&self, moment: Instant) -> Seen {
        let deleted = self.trash.values().map(|(contact, _)| contact);
        let contacts = self.contacts.values().chain(deleted);
        let groups = self.groups.iter().chain(&self.deleted_groups);
        let mut seen = Seen {
            contacts: contacts.map(|contact| (contact.id, Arc::clone(contact))).collect(),
            groups: groups
                .map(|group| (group.resource_name.clone(), group.clone()))
                .collect(),
            changes: self.changes,
        };
        self.past.undo(&mut seen, moment);
        seen
    }

    /// Remembers for so many seconds what the book was like.
    pub fn remember_for(&mut self, seconds: i64, now: Instant) {
        self.past.keep_for(seconds, now);
    }

    /// Lets searches see the book as it is now.
    pub fn refresh_search(&mut self, standing: Standing) {
        let people = self.all(standing);
        self.search_index.insert(standing, people);
    }

    /// What searches see: the book as it was at the last refresh; nothing before the first.
    #[must_use]
    pub fn searched(&self, standing: Standing) -> &[Arc<Contact>] {
        self.search_index.get(&standing).map(Vec::as_slice).unwrap_or_default()
    }

    /// The photo of this name.
    #[must_use]
    pub fn photo(&self, id: &str) -> Option<Arc<Photo>> {
        self.contacts
            .values()
            .filter_map(|contact| contact.photo.as_ref())
            .find(|photo| photo.id == id)
            .cloned()
    }

    /// Deleted contacts that can still be restored, and when each was deleted.
    pub fn trash(&self) -> impl Iterator<Item = &(Arc<Contact>, Instant)> {
        self.trash.values()
    }

    /// Contacts, without the trash.
    #[must_use]
    pub fn count(&self) -> usize {
        self.contacts.len()
    }

    /// Contacts as the account's limit counts them: with the trash.
    #[must_use]
    pub fn count_with_trash(&self) -> usize {
        self.contacts.len() + self.trash.len()
    }

    /// Forgets what has been in the trash for 30 days.
    pub fn empty_old_trash(&mut self, now: Instant) {
        self.trash
            .retain(|_, (_, deleted)| deleted.plus(TRASH_DAYS * 86_400) > now);
    }

    /// Takes the next position in the order of changes, for a contact.
    fn begin_change(&mut self, id: u64, now: Instant) {
        self.changes += 1;
        let was = self.contacts.get(&id);
        self.past.note_contact(id, was, self.changes, now);
    }

    /// Adds a contact.
    pub fn add(&mut self, new: NewContact, now: Instant) -> Arc<Contact> {
        let mut id = self.ids.contact_number();
        while self.contacts.contains_key(&id) || self.trash.contains_key(&id) {
            id = self.ids.contact_number();
        }
        self.begin_change(id, now);
        let contact = Arc::new(Contact::new(id, new, self.changes, now));
        self.names.insert(contact.resource_name.clone(), id);
        self.contacts.insert(id, Arc::clone(&contact));
        contact
    }

    /// Adds somebody whom the user has written to.
    pub fn add_other(&mut self, fields: Fields, now: Instant) -> Arc<Contact> {
        self.changes += 1;
        let new = NewContact {
            fields,
            memberships: Vec::new(),
            origin: Origin::Seed,
        };
        let id = self.ids.contact_number();
        let other = Arc::new(Contact {
            resource_name: format!("otherContacts/c{id}"),
            ..Contact::new(id, new, self.changes, now)
        });
        self.others.insert(other.resource_name.clone(), Arc::clone(&other));
        other
    }

    /// Changes a contact and gives it a new version.
    pub fn change(&mut self, id: u64, now: Instant, edit: impl FnOnce(&mut Contact)) -> Option<Arc<Contact>> {
        self.begin_change(id, now);
        let contact = Arc::make_mut(self.contacts.get_mut(&id)?);
        edit(contact);
        contact.version += 1;
        contact.updated = now;
        contact.change = self.changes;
        self.contacts.get(&id).cloned()
    }

    /// Changes the labels of a contact; `bump` gives it a new version.
    pub fn change_memberships(&mut self, id: u64, now: Instant, bump: bool, edit: impl FnOnce(&mut Vec<String>)) {
        if bump {
            self.change(id, now, |contact| edit(&mut contact.memberships));
        } else if let Some(contact) = self.contacts.get_mut(&id) {
            edit(&mut Arc::make_mut(contact).memberships);
        }
    }

    /// Puts a contact in the trash.
    pub fn delete(&mut self, id: u64, now: Instant) -> Option<Arc<Contact>> {
        self.begin_change(id, now);
        let mut contact = self.contacts.remove(&id)?;
        for name in contact.former_names.iter().chain([&contact.resource_name]) {
            self.names.remove(name);
        }
        let gone = Arc::make_mut(&mut contact);
        gone.is_deleted = true;
        gone.version += 1;
        gone.updated = now;
        gone.change = self.changes;
        self.trash.insert(id, (Arc::clone(&contact), now));
        Some(contact)
    }

    /// Gives a contact another resource name, as linking it to a profile does; the former one still resolves.
    pub fn relink(&mut self, id: u64, now: Instant) -> Option<Arc<Contact>> {
        let resource_name = format!("people/c{}", self.ids.contact_number());
        self.names.insert(resource_name.clone(), id);
        self.change(id, now, |contact| {
            let former = std::mem::replace(&mut contact.resource_name, resource_name);
            contact.former_names.push(former);
        })
    }

    /// Lets a resource name stand for another contact, as merging two contacts does.
    pub fn let_resolve(&mut self, resource_name: &str, id: u64) {
        self.names.insert(resource_name.to_owned(), id);
    }

    /// The labels, system labels first.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The label of a resource name.
    #[must_use]
    pub fn group(&self, resource_name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.resource_name == resource_name)
    }

    /// A user's label of this name.
    #[must_use]
    pub fn group_named(&self, name: &str, ignore_case: bool) -> Option<&Group> {
        let same = |group: &&Group| {
            if ignore_case {
                group.name.to_lowercase() == name.to_lowercase()
            } else {
                group.name == name
            }
        };
        self.groups.iter().filter(|group| !group.is_system).find(same)
    }

    /// Adds a user's label.
    pub fn add_group(&mut self, name: &str, origin: Origin, now: Instant) -> Group {
        self.changes += 1;
        let group = Group::of_user(self.ids.next(), name, origin, now, self.changes);
        self.past.note_group(&group.resource_name, None, self.changes, now);
        self.groups.push(group.clone());
        group
    }

    /// Changes a user's label and gives it a new version.
    pub fn change_group(&mut self, resource_name: &str, now: Instant, edit: impl FnOnce(&mut Group)) -> Option<Group> {
        let group = self
            .groups
            .iter_mut()
            .find(|group| group.resource_name == resource_name && !group.is_system)?;
        self.changes += 1;
        self.past.note_group(resource_name, Some(group), self.changes, now);
        edit(group);
        group.version += 1;
        group.updated = Some(now);
        group.change = self.changes;
        Some(group.clone())
    }

    /// Deletes a label. Its contacts go to the trash, or stay and fall back to myContacts where it was their last.
    pub fn delete_group(&mut self, resource_name: &str, how: DeleteGroup, now: Instant) {
        let position = self
            .groups
            .iter()
            .position(|group| group.resource_name == resource_name && !group.is_system);
        let Some(position) = position else { return };
        self.changes += 1;
        let mut gone = self.groups.remove(position);
        self.past.note_group(resource_name, Some(&gone), self.changes, now);
        gone.is_deleted = true;
        gone.updated = Some(now);
        gone.change = self.changes;
        self.deleted_groups.push(gone);
        for id in self.members(resource_name) {
            if how.with_contacts {
                self.delete(id, now);
                continue;
            }
            self.change_memberships(id, now, how.bump, |memberships| {
                memberships.retain(|name| name != resource_name);
                if memberships.is_empty() && how.orphans_join_my_contacts {
                    memberships.push(MY_CONTACTS.to_owned());
                }
            });
        }
    }

    /// The contacts of a label.
    #[must_use]
    pub fn members(&self, resource_name: &str) -> Vec<u64> {
        let has = |contact: &&Arc<Contact>| contact.memberships.iter().any(|name| name == resource_name);
        self.contacts.values().filter(has).map(|contact| contact.id).collect()
    }

    /// The number of contacts of every label that has some.
    #[must_use]
    pub fn member_counts(&self) -> HashMap<String, usize> {
        let mut counts = HashMap::new();
        for name in self.contacts.values().flat_map(|contact| &contact.memberships) {
            *counts.entry(name.clone()).or_default() += 1;
        }
        counts
    }

    /// The present resource names of contacts.
    #[must_use]
    pub fn resource_names(&self, ids: &[u64]) -> Vec<String> {
        ids.iter()
            .filter_map(|id| self.contacts.get(id))
            .map(|contact| contact.resource_name.clone())
            .collect()
    }
}
