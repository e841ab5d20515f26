// SPDX-License-Identifier: GPL-3.0-or-later
//! The functions that bring records to Google: plan, send, resolve.

use ext_php_rs::builders::ModuleBuilder;
use ext_php_rs::types::{ZendHashTable, Zval};
use ext_php_rs::{php_function, wrap_function};
use gcontacts_engine::{
    Account, Deletions, Entry, Intent, Label, Planned, SystemClock, plan as decide, resolve as search,
    send as carry_out,
};
use gcontacts_people::oauth::AccessToken;
use serde::{Deserialize, Serialize};

use crate::background::{self, Answer};
use crate::book::with_book;
use crate::error::Error;
use crate::from_php::{ValueError, read, read_value};
use crate::plan_object::PlanObject;
use crate::text::Text;
use crate::to_php::PhpArray;
use crate::transport::Transport;

/// Adds the functions of this file to the extension.
pub fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module
        .function(wrap_function!(plan))
        .function(wrap_function!(send))
        .function(wrap_function!(begin_send))
        .function(wrap_function!(end_send))
        .function(wrap_function!(resolve))
}

#[derive(Serialize)]
struct PlanAnswer {
    intents: Vec<Intent>,
    calls: usize,
}

/// `GContacts\plan(array $settings, array $labels, array $records, array $deletions): array`
#[php_function]
#[php(name = "GContacts\\plan")]
pub fn plan(
    settings: &ZendHashTable,
    labels: &ZendHashTable,
    records: &ZendHashTable,
    deletions: Option<&ZendHashTable>,
) -> Result<PhpArray, Error> {
    let settings = read("settings", settings)?;
    let labels = read("labels", labels)?;
    let entries: Vec<Entry> = records
        .values()
        .enumerate()
        .map(|(index, value)| entry(value).map_err(|error| error.at(index).under("records")))
        .collect::<Result<_, _>>()?;
    let deletions = deletions.map_or(Ok(Deletions::default()), |numbers| read("deletions", numbers))?;
    let mut nonces = Nonces::draw(entries.len())?;
    let Planned { plan, intents, calls } = decide(settings, labels, entries, &deletions, &mut || nonces.next())?;
    PhpArray::of(&PlanAnswer { intents, calls })?.with("plan", PlanObject::of(plan))
}

/// Reads a record. Where a field is damaged the record alone is refused, as long as its name can be read.
pub fn entry(value: &Zval) -> Result<Entry, ValueError> {
    #[derive(Deserialize)]
    #[serde(expecting = "a record")]
    struct Identity {
        #[serde(rename = "type")]
        element_type: String,
        id: u64,
    }
    match read_value(value) {
        Ok(record) => Ok(Entry::Record(Box::new(record))),
        Err(error) => {
            let Identity { element_type, id } = read_value(value)?;
            Ok(Entry::Damaged {
                element_type,
                id,
                message: error.to_string(),
            })
        }
    }
}

/// A nonce for each record, of 16 hexadecimal digits.
pub struct Nonces(Vec<[u8; Self::BYTES]>);

impl Nonces {
    const BYTES: usize = 8;

    /// Draws so many.
    pub fn draw(count: usize) -> Result<Self, Error> {
        let mut nonces = vec![[0; Self::BYTES]; count];
        for nonce in &mut nonces {
            getrandom::fill(nonce).map_err(|error| Error::Runtime(error.to_string()))?;
        }
        Ok(Self(nonces))
    }

    /// Gives the next; there are as many as were drawn.
    pub fn next(&mut self) -> String {
        self.0.pop().map(hex::encode).unwrap_or_default()
    }
}

/// `GContacts\send(array $transport, string $access_token, Plan $plan, ?array $account = null): array`
#[php_function]
#[php(name = "GContacts\\send")]
pub fn send(
    transport: &ZendHashTable,
    access_token: Text<'_>,
    plan: &mut PlanObject,
    account: Option<&ZendHashTable>,
) -> Result<PhpArray, Error> {
    let account = account.map_or(Ok(Account::default()), |shown| read("account", shown))?;
    let plan = plan.take()?;
    with_book(transport, access_token, async |book, deadline| {
        Ok::<_, Error>(carry_out(plan, account, &book, &SystemClock, deadline).await)
    })
}

/// `GContacts\begin_send(array $transport, string $access_token, Plan $plan, ?array $account, ?array $labels): void`
#[php_function]
#[php(name = "GContacts\\begin_send")]
pub fn begin_send(
    transport: &ZendHashTable,
    access_token: Text<'_>,
    plan: &mut PlanObject,
    account: Option<&ZendHashTable>,
    labels: Option<&ZendHashTable>,
) -> Result<(), Error> {
    let transport = Transport::read(transport)?;
    let token = AccessToken::new(access_token.named("access_token")?.to_owned());
    let account = account.map_or(Ok(Account::default()), |shown| read("account", shown))?;
    let labels: Option<Vec<Label>> = labels.map(|known| read("labels", known)).transpose()?;
    background::free()?;
    let plan = plan.take()?;
    let plan = match labels {
        Some(known) => plan.knowing(known),
        None => plan,
    };
    background::begin(transport, token, async move |book, deadline| {
        Ok(carry_out(plan, account, &book, &SystemClock, deadline).await)
    })
}

/// `GContacts\end_send(): array`
#[php_function]
#[php(name = "GContacts\\end_send")]
pub fn end_send() -> Result<PhpArray, Error> {
    let sent = background::end(|answer| match answer {
        Answer::Sent(sent) => Ok(sent),
        other @ Answer::Changes(_) => Err(Box::new(other)),
    })?;
    PhpArray::of(&sent)
}

/// `GContacts\resolve(array $transport, string $access_token, array $nonces): array`
#[php_function]
#[php(name = "GContacts\\resolve")]
pub fn resolve(transport: &ZendHashTable, access_token: Text<'_>, nonces: &ZendHashTable) -> Result<PhpArray, Error> {
    let nonces: Vec<String> = read("nonces", nonces)?;
    with_book(transport, access_token, async |book, deadline| {
        Ok::<_, Error>(search(&book, deadline, &nonces).await)
    })
}
