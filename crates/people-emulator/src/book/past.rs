// SPDX-License-Identifier: GPL-3.0-or-later
//! What a book was like a while ago: Google's lists and reads lag behind its writes.
//!
//! Every change notes what it replaced, for as long as the settings let a read lag. Undoing the notes back to a moment
//! gives the book of that moment.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::{Contact, Group};
use crate::clock::Instant;

/// What the latest changes replaced, oldest first.
#[derive(Debug, Default)]
pub(super) struct Past {
    contacts: VecDeque<Former<u64, Arc<Contact>>>,
    groups: VecDeque<Former<String, Group>>,
    seconds: i64,
}

/// What stood somewhere before a change.
#[derive(Debug)]
struct Former<K, V> {
    key: K,
    /// `None` where there was nothing.
    was: Option<V>,
    /// Position of the change that replaced it.
    change: u64,
    /// When that was.
    until: Instant,
}

/// A book as a read sees it that lags behind.
#[derive(Debug)]
pub struct Seen {
    pub(super) contacts: BTreeMap<u64, Arc<Contact>>,
    pub(super) groups: BTreeMap<String, Group>,
    pub(super) changes: u64,
}

impl Past {
    /// Notes are kept for so many seconds.
    pub fn keep_for(&mut self, seconds: i64, now: Instant) {
        self.seconds = seconds;
        let horizon = now.plus(-seconds);
        forget(&mut self.contacts, horizon);
        forget(&mut self.groups, horizon);
    }

    /// Notes what a change of a contact is about to replace.
    pub fn note_contact(&mut self, id: u64, was: Option<&Arc<Contact>>, change: u64, now: Instant) {
        if self.seconds > 0 {
            let was = was.cloned();
            self.contacts.push_back(Former {
                key: id,
                was,
                change,
                until: now,
            });
        }
    }

    /// Notes what a change of a label is about to replace.
    pub fn note_group(&mut self, resource_name: &str, was: Option<&Group>, change: u64, now: Instant) {
        if self.seconds > 0 {
            let was = was.cloned();
            self.groups.push_back(Former {
                key: resource_name.to_owned(),
                was,
                change,
                until: now,
            });
        }
    }

    /// The contact as it was at a moment, where it has changed since. One that did not exist yet is seen in its first
    /// form: what lags is the news of a change.
    pub fn contact(&self, id: u64, moment: Instant) -> Option<&Arc<Contact>> {
        let later = self.contacts.iter().filter(|former| former.until > moment);
        later
            .filter(|former| former.key == id)
            .find_map(|former| former.was.as_ref())
    }

    /// The number of a contact that had this resource name.
    pub fn number(&self, resource_name: &str) -> Option<u64> {
        let named = |former: &&Former<u64, Arc<Contact>>| {
            let was = former.was.as_ref();
            was.is_some_and(|contact| contact.resource_name == resource_name)
        };
        self.contacts.iter().find(named).map(|former| former.key)
    }

    /// Takes back the changes after a moment.
    pub fn undo(&self, seen: &mut Seen, moment: Instant) {
        let first = undo(&mut seen.contacts, &self.contacts, moment)
            .into_iter()
            .chain(undo(&mut seen.groups, &self.groups, moment))
            .min();
        if let Some(first) = first {
            seen.changes = first.saturating_sub(1);
        }
    }
}

fn forget<K, V>(notes: &mut VecDeque<Former<K, V>>, horizon: Instant) {
    while notes.front().is_some_and(|former| former.until <= horizon) {
        notes.pop_front();
    }
}

/// Takes changes back, the last one first; the position of the first one of them.
fn undo<K: Ord + Clone, V: Clone>(
    map: &mut BTreeMap<K, V>,
    notes: &VecDeque<Former<K, V>>,
    moment: Instant,
) -> Option<u64> {
    let mut first = None;
    for former in notes.iter().rev().take_while(|former| former.until > moment) {
        match &former.was {
            Some(was) => map.insert(former.key.clone(), was.clone()),
            None => map.remove(&former.key),
        };
        first = Some(former.change);
    }
    first
}

impl Seen {
    /// All contacts, the one changed longest ago first.
    #[must_use]
    pub fn contacts(&self) -> Vec<Arc<Contact>> {
        let mut contacts = self.contacts_changed_since(0);
        contacts.retain(|contact| !contact.is_deleted);
        contacts
    }

    /// Contacts changed, created or deleted after a position, each once, in the order of their last change.
    #[must_use]
    pub fn contacts_changed_since(&self, position: u64) -> Vec<Arc<Contact>> {
        let changed = self.contacts.values().filter(|contact| contact.change > position);
        let mut changed = changed.cloned().collect::<Vec<_>>();
        changed.sort_by_key(|contact| contact.change);
        changed
    }

    /// All labels, system labels first.
    #[must_use]
    pub fn groups(&self) -> Vec<Group> {
        let mut groups = self
            .groups
            .values()
            .filter(|group| !group.is_deleted)
            .cloned()
            .collect::<Vec<_>>();
        groups.sort_by_key(|group| group.rank);
        groups
    }

    /// Labels changed, created or deleted after a position, in the order of their last change.
    #[must_use]
    pub fn groups_changed_since(&self, position: u64) -> Vec<Group> {
        let changed = self.groups.values().filter(|group| group.change > position);
        let mut changed = changed.cloned().collect::<Vec<_>>();
        changed.sort_by_key(|group| group.change);
        changed
    }

    /// Position in the order of changes.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.changes
    }
}
