// SPDX-License-Identifier: GPL-3.0-or-later
//! The address book of an account, as a function of the extension talks to it.

use ext_php_rs::types::ZendHashTable;
use gcontacts_people::oauth::AccessToken;
use gcontacts_people::{Deadline, GoogleAddressBook, Pacer};
use serde::Serialize;

use crate::error::Error;
use crate::runtime;
use crate::text::Text;
use crate::to_php::PhpArray;
use crate::transport::{Paced, Transport};

/// Has `work` talk to the address book of the account that `access_token` stands for, within the account's quota. Its
/// answer comes with what was learned of the quota.
///
/// # Errors
/// Where an argument cannot be used, and what `work` fails with.
pub fn with_book<T: Serialize, E>(
    transport: &ZendHashTable,
    access_token: Text<'_>,
    work: impl AsyncFnOnce(GoogleAddressBook, Deadline) -> Result<T, E>,
) -> Result<PhpArray, Error>
where
    Error: From<E>,
{
    let transport = Transport::read(transport)?;
    let token = AccessToken::new(access_token.named("access_token")?.to_owned());
    let (answer, pacer) = with_book_of(transport, token, work)?;
    PhpArray::of(&Paced::of(answer, &pacer))
}

/// As [`with_book`], with the answer as it is, beside what paced it.
///
/// # Errors
/// What `work` fails with.
pub fn with_book_of<T, E>(
    Transport {
        deadline,
        options,
        limiter,
        pace,
    }: Transport,
    token: AccessToken,
    work: impl AsyncFnOnce(GoogleAddressBook, Deadline) -> Result<T, E>,
) -> Result<(T, Pacer), Error>
where
    Error: From<E>,
{
    let pacer = Pacer::new(limiter, pace);
    let answer = runtime::run(options, async |client| {
        work(GoogleAddressBook::new(client, token).paced(pacer.clone()), deadline).await
    })?;
    Ok((answer, pacer))
}
