// SPDX-License-Identifier: GPL-3.0-or-later
//! The address book as a run sees it: no call begins after the deadline, and each is counted.

use std::cell::Cell;

use gcontacts_core::ResourceName;
use gcontacts_people::{
    AddressBook, BatchOutcomes, ContactGroup, Deadline, Error, FieldMask, GroupData, MembersModified, Person,
    list_all_groups, request::limit,
};

use crate::Clock;

/// An address book with a deadline and counters.
pub struct Wire<'a, B, C> {
    book: &'a B,
    clock: &'a C,
    deadline: Deadline,
    calls: Cell<u32>,
    writes: Cell<u32>,
}

impl<'a, B: AddressBook, C: Clock> Wire<'a, B, C> {
    pub fn new(book: &'a B, clock: &'a C, deadline: Deadline) -> Self {
        Self {
            book,
            clock,
            deadline,
            calls: Cell::new(0),
            writes: Cell::new(0),
        }
    }

    pub fn calls(&self) -> u32 {
        self.calls.get()
    }

    pub fn writes(&self) -> u32 {
        self.writes.get()
    }

    fn read(&self) -> Result<(&'a B, Deadline), Error> {
        if self.clock.now() >= self.deadline.instant() {
            return Err(Error::Deadline { sent: false });
        }
        self.calls.set(self.calls.get() + 1);
        Ok((self.book, self.deadline))
    }

    fn write(&self) -> Result<(&'a B, Deadline), Error> {
        let way = self.read()?;
        self.writes.set(self.writes.get() + 1);
        Ok(way)
    }

    pub async fn create(&self, person: &Person) -> Result<Person, Error> {
        let (book, deadline) = self.write()?;
        book.create(person, deadline).await
    }

    pub async fn batch_create(&self, people: &[Person]) -> Result<BatchOutcomes, Error> {
        let (book, deadline) = self.write()?;
        book.batch_create(people, deadline).await
    }

    pub async fn get(&self, name: &ResourceName) -> Result<Person, Error> {
        let (book, deadline) = self.read()?;
        book.get(name, deadline).await
    }

    pub async fn batch_get(&self, names: &[ResourceName]) -> Result<BatchOutcomes, Error> {
        let (book, deadline) = self.read()?;
        book.batch_get(names, deadline).await
    }

    pub async fn update(&self, person: &Person, fields: &FieldMask) -> Result<Person, Error> {
        let (book, deadline) = self.write()?;
        book.update(person, fields, deadline).await
    }

    pub async fn batch_update(&self, people: &[Person], fields: &FieldMask) -> Result<BatchOutcomes, Error> {
        let (book, deadline) = self.write()?;
        book.batch_update(people, fields, deadline).await
    }

    pub async fn delete(&self, name: &ResourceName) -> Result<(), Error> {
        let (book, deadline) = self.write()?;
        book.delete(name, deadline).await
    }

    pub async fn batch_delete(&self, names: &[ResourceName]) -> Result<(), Error> {
        let (book, deadline) = self.write()?;
        book.batch_delete(names, deadline).await
    }

    pub async fn groups(&self) -> Result<Vec<ContactGroup>, Error> {
        let (book, deadline) = self.read()?;
        let groups = list_all_groups(book, deadline).await?;
        self.count_pages(groups.len());
        Ok(groups)
    }

    /// Counts the pages beyond the first.
    fn count_pages(&self, items: usize) {
        let more = items.div_ceil(limit::PAGE).saturating_sub(1);
        self.calls
            .set(self.calls.get() + u32::try_from(more).unwrap_or(u32::MAX));
    }

    pub async fn create_group(&self, name: &str, data: &[GroupData]) -> Result<ContactGroup, Error> {
        let (book, deadline) = self.write()?;
        book.create_group(name, data, deadline).await
    }

    pub async fn rename_group(&self, group: &ResourceName, name: &str) -> Result<ContactGroup, Error> {
        let (book, deadline) = self.write()?;
        book.rename_group(group, name, deadline).await
    }

    pub async fn modify_members(
        &self,
        group: &ResourceName,
        add: &[ResourceName],
        remove: &[ResourceName],
    ) -> Result<MembersModified, Error> {
        let (book, deadline) = self.write()?;
        book.modify_members(group, add, remove, deadline).await
    }
}
