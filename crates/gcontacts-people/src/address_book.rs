// SPDX-License-Identifier: GPL-3.0-or-later
//! What an address book can do, whoever keeps it.

use gcontacts_core::ResourceName;

use crate::listing::{Page, SyncPage};
use crate::{BatchOutcomes, ContactGroup, Deadline, Error, FieldMask, GroupData, MembersModified, Person};

/// A Google address book: Google's own over the network, or a played one in a test.
///
/// Every call ends by its deadline. Calls that change something must follow one another: Google asks for that, and
/// each answer carries the etag that the next update needs.
#[expect(async_fn_in_trait, reason = "all runs on one thread: no future needs to be Send")]
pub trait AddressBook {
    /// Creates a contact and returns it as Google keeps it.
    ///
    /// # Errors
    /// What Google refuses. Where the certainty is unknown the contact may exist.
    async fn create(&self, person: &Person, deadline: Deadline) -> Result<Person, Error>;

    /// Reads a contact.
    ///
    /// # Errors
    /// `not_found` where there is none, and what the call itself fails with.
    async fn get(&self, name: &ResourceName, deadline: Deadline) -> Result<Person, Error>;

    /// Replaces the fields of the mask by the person's and returns it as Google keeps it.
    ///
    /// # Errors
    /// `etag_stale` where the contact was changed since the person was read, `not_found`, and what the call itself
    /// fails with.
    async fn update(&self, person: &Person, fields: &FieldMask, deadline: Deadline) -> Result<Person, Error>;

    /// Deletes a contact, whatever its version: read it before.
    ///
    /// # Errors
    /// `not_found` where there is none, and what the call itself fails with.
    async fn delete(&self, name: &ResourceName, deadline: Deadline) -> Result<(), Error>;

    /// Creates up to 200 contacts, each told from the others by its marker.
    ///
    /// # Errors
    /// What the whole call fails with; `contact_errors` of Google's error name the contacts to blame.
    async fn batch_create(&self, people: &[Person], deadline: Deadline) -> Result<BatchOutcomes, Error>;

    /// Replaces the fields of the one mask in up to 200 contacts.
    ///
    /// # Errors
    /// As [`Self::batch_create`].
    async fn batch_update(
        &self,
        people: &[Person],
        fields: &FieldMask,
        deadline: Deadline,
    ) -> Result<BatchOutcomes, Error>;

    /// Deletes up to 500 contacts.
    ///
    /// # Errors
    /// What the whole call fails with; `not_found` can mean a single one of them.
    async fn batch_delete(&self, names: &[ResourceName], deadline: Deadline) -> Result<(), Error>;

    /// Reads up to 200 contacts.
    ///
    /// # Errors
    /// What the whole call fails with; a contact that does not exist is an error of its own in the outcomes.
    async fn batch_get(&self, names: &[ResourceName], deadline: Deadline) -> Result<BatchOutcomes, Error>;

    /// Reads a page of the contacts; [`crate::list_all`] reads them all.
    ///
    /// # Errors
    /// What the call fails with.
    async fn list(&self, page_token: Option<&str>, deadline: Deadline) -> Result<Page<Person>, Error>;

    /// Reads a page of the contacts and hands each over as soon as it is read: they need not be in memory together.
    ///
    /// # Errors
    /// As [`Self::list`].
    async fn list_each<I>(
        &self,
        page_token: Option<&str>,
        deadline: Deadline,
        each: &mut impl FnMut(Person) -> I,
    ) -> Result<Page<I>, Error> {
        let page = self.list(page_token, deadline).await?;
        Ok(Page {
            items: page.items.into_iter().map(each).collect(),
            next: page.next,
            total: page.total,
        })
    }

    /// Reads a page of what has changed since `sync_token` was given; without one of all contacts.
    ///
    /// # Errors
    /// `sync_token_expired` where the token is too old, and what the call itself fails with.
    async fn sync(
        &self,
        sync_token: Option<&str>,
        page_token: Option<&str>,
        deadline: Deadline,
    ) -> Result<SyncPage, Error>;

    /// Reads a page of the contacts with all that a backup keeps, the address of the photo among it.
    ///
    /// # Errors
    /// What the call fails with.
    async fn list_backup(&self, page_token: Option<&str>, deadline: Deadline) -> Result<Page<Person>, Error>;

    /// Reads a page of the groups; [`crate::list_all_groups`] reads them all.
    ///
    /// # Errors
    /// What the call fails with.
    async fn list_groups(&self, page_token: Option<&str>, deadline: Deadline) -> Result<Page<ContactGroup>, Error>;

    /// Creates a group, with what programs keep with it.
    ///
    /// # Errors
    /// `label_exists` where the name is taken, and what the call itself fails with.
    async fn create_group(&self, name: &str, data: &[GroupData], deadline: Deadline) -> Result<ContactGroup, Error>;

    /// Renames a group.
    ///
    /// # Errors
    /// `label_exists` where the name is taken, `not_found`, and what the call itself fails with.
    async fn rename_group(&self, group: &ResourceName, name: &str, deadline: Deadline) -> Result<ContactGroup, Error>;

    /// Deletes a group; its contacts stay.
    ///
    /// # Errors
    /// `not_found` where there is none, and what the call itself fails with.
    async fn delete_group(&self, group: &ResourceName, deadline: Deadline) -> Result<(), Error>;

    /// Adds contacts to a group and removes others, up to 1000 together, and returns those that were left out.
    ///
    /// # Errors
    /// `not_found` where there is no such group, and what the call itself fails with.
    async fn modify_members(
        &self,
        group: &ResourceName,
        add: &[ResourceName],
        remove: &[ResourceName],
        deadline: Deadline,
    ) -> Result<MembersModified, Error>;
}
