// SPDX-License-Identifier: GPL-3.0-or-later
//! The functions that bring Google's changes back: what changed, what differs, whose word counts.

use ext_php_rs::builders::ModuleBuilder;
use ext_php_rs::types::ZendHashTable;
use ext_php_rs::{php_function, wrap_function};
use gcontacts_engine::{
    Entry, compare as compare_all, list_changes as list, read_card as read_one, rebase as move_base,
};
use gcontacts_people::oauth::AccessToken;
use serde::Serialize;

use crate::background::{self, Answer};
use crate::book::with_book_of;
use crate::error::Error;
use crate::from_php::read;
use crate::listed_cards;
use crate::push::entry;
use crate::text::Text;
use crate::to_php::PhpArray;
use crate::transport::{Paced, Transport};

/// Adds the functions of this file to the extension.
pub fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module
        .function(wrap_function!(list_changes))
        .function(wrap_function!(begin_list_changes))
        .function(wrap_function!(end_list_changes))
        .function(wrap_function!(read_card))
        .function(wrap_function!(compare))
        .function(wrap_function!(rebase))
}

/// `GContacts\list_changes(array $transport, string $access_token, array $settings, string $sync_token, string $cursor): array`
#[php_function]
#[php(name = "GContacts\\list_changes")]
pub fn list_changes(
    transport: &ZendHashTable,
    access_token: Text<'_>,
    settings: &ZendHashTable,
    sync_token: Text<'_>,
    cursor: Text<'_>,
) -> Result<PhpArray, Error> {
    let settings = read("settings", settings)?;
    let (sync_token, cursor) = (sync_token.named("sync_token")?, cursor.named("cursor")?);
    let transport = Transport::read(transport)?;
    let token = AccessToken::new(access_token.named("access_token")?.to_owned());
    let read = async |book, deadline| list(&book, deadline, &settings, sync_token, cursor).await;
    let (changes, pacer) = with_book_of(transport, token, read)?;
    listed_cards::page(Paced::of(changes, &pacer))
}

/// `GContacts\begin_list_changes(array $transport, string $access_token, array $settings, string $sync_token, string $cursor): void`
#[php_function]
#[php(name = "GContacts\\begin_list_changes")]
pub fn begin_list_changes(
    transport: &ZendHashTable,
    access_token: Text<'_>,
    settings: &ZendHashTable,
    sync_token: Text<'_>,
    cursor: Text<'_>,
) -> Result<(), Error> {
    let transport = Transport::read(transport)?;
    let token = AccessToken::new(access_token.named("access_token")?.to_owned());
    let settings = read("settings", settings)?;
    let sync_token = sync_token.named("sync_token")?.to_owned();
    let cursor = cursor.named("cursor")?.to_owned();
    background::begin(transport, token, async move |book, deadline| {
        Ok(list(&book, deadline, &settings, &sync_token, &cursor).await?)
    })
}

/// `GContacts\end_list_changes(): array`
#[php_function]
#[php(name = "GContacts\\end_list_changes")]
pub fn end_list_changes() -> Result<PhpArray, Error> {
    let changes = background::end(|answer| match answer {
        Answer::Changes(changes) => Ok(changes),
        other @ Answer::Sent(_) => Err(Box::new(other)),
    })?;
    listed_cards::page(changes)
}

/// `GContacts\read_card(array $transport, string $access_token, string $resource_name, string $country): ?array`
#[php_function]
#[php(name = "GContacts\\read_card")]
pub fn read_card(
    transport: &ZendHashTable,
    access_token: Text<'_>,
    resource_name: Text<'_>,
    country: Text<'_>,
) -> Result<Option<PhpArray>, Error> {
    let transport = Transport::read(transport)?;
    let token = AccessToken::new(access_token.named("access_token")?.to_owned());
    let name = resource_name.named("resource_name")?;
    let country = country.named("country")?;
    let read = async |book, deadline| read_one(&book, deadline, name, country).await;
    let (card, _) = with_book_of(transport, token, read)?;
    card.as_ref().map(PhpArray::of).transpose()
}

/// `GContacts\compare(array $settings, array $labels, array $records): array`
#[php_function]
#[php(name = "GContacts\\compare")]
pub fn compare(settings: &ZendHashTable, labels: &ZendHashTable, records: &ZendHashTable) -> Result<PhpArray, Error> {
    let settings = read("settings", settings)?;
    let labels: Vec<_> = read("labels", labels)?;
    let entries: Vec<Entry> = records
        .values()
        .enumerate()
        .map(|(index, value)| entry(value).map_err(|error| error.at(index).under("records")))
        .collect::<Result<_, _>>()?;
    PhpArray::of(&compare_all(&settings, &labels, entries))
}

#[derive(Serialize)]
struct Rebased {
    sent: String,
    reason: String,
    message: String,
}

/// `GContacts\rebase(array $settings, array $record, array $keys): array`
#[php_function]
#[php(name = "GContacts\\rebase")]
pub fn rebase(settings: &ZendHashTable, record: &ZendHashTable, keys: &ZendHashTable) -> Result<PhpArray, Error> {
    let settings = read("settings", settings)?;
    let record = Entry::Record(read("record", record)?);
    let keys: Vec<String> = read("keys", keys)?;
    let (sent, (reason, message)) = match move_base(&settings, &record, &keys) {
        Ok(sent) => (sent, Default::default()),
        Err(why) => (String::new(), why),
    };
    PhpArray::of(&Rebased { sent, reason, message })
}
