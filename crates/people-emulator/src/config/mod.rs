// SPDX-License-Identifier: GPL-3.0-or-later
//! What an emulator is started with: accounts, OAuth clients, and a switch for each behaviour that Google leaves open.
//!
//! The defaults take the strict reading. `POST /_config` changes any of them while the server runs.

mod account;
mod choice;
mod profile;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use account::{Client, PublicKey, ServiceAccount, User};
pub use choice::{BatchDeleteMissing, LegacyErrors, Milliseconds, OverlappingWrites, SyncTokenAnchor};
pub use profile::Profile;

use crate::quota::Bucket;

/// Settings of an emulator.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an independent switch, named in the documentation"
)]
pub struct Config {
    /// Google accounts, each with an address book of its own.
    pub users: Vec<User>,
    /// OAuth clients.
    pub clients: Vec<Client>,
    /// Service accounts.
    pub service_accounts: Vec<ServiceAccount>,
    /// The People API is enabled in the clients' project.
    pub api_enabled: bool,
    /// Scopes that a user leaves unticked, whatever the form says.
    pub withhold_scopes: Vec<String>,
    /// The optional scopes are ticked when the consent page opens.
    pub scopes_ticked: bool,
    /// `iss` of redirects and identity tokens.
    pub issuer: String,
    /// Lifetime of access tokens in seconds.
    pub access_token_ttl: i64,

    /// Longest request address that is not refused with 414.
    pub max_uri_len: usize,
    /// Longest body that is not refused with 413.
    pub max_body_len: usize,
    /// Refuse JSON where a single object stands for a list.
    pub strict_lists: bool,
    /// Legacy `errors[]`: `auto` (with `alt=json` or `$.xgafv=1`), `always`, `never`.
    pub legacy_errors: LegacyErrors,

    /// A `pageSize` above the limit is refused rather than cut.
    pub strict_page_size: bool,
    /// `nextSyncToken` only where `requestSyncToken=true` was sent.
    pub next_sync_needs_request: bool,
    /// Sync tokens live seven days after the full sync that they descend from, or after their own making.
    pub sync_token_anchor: SyncTokenAnchor,
    /// Name of the code that an expired sync token is answered with.
    pub expired_sync_status: String,
    /// `person.etag` of a listed person is good for an update.
    pub list_etag_accepted: bool,
    /// A contact created without memberships joins myContacts.
    pub create_joins_my_contacts: bool,
    /// A write that changes nothing still gets a new etag.
    pub no_op_bumps_etag: bool,
    /// A change of memberships by groups gives the contact a new etag.
    pub membership_bumps_etag: bool,
    /// Values lose the white space around them.
    pub trim_values: bool,
    /// CR LF becomes LF.
    pub normalise_newlines: bool,
    /// Items without content vanish.
    pub drop_empty_items: bool,
    /// `countryCode` follows from a known `country`.
    pub derive_country_code: bool,
    /// Values whose text holds one of these are refused as invalid.
    pub refused_values: Vec<String>,
    /// Contacts that an account holds, trash included.
    pub max_contacts: usize,
    /// One bad item refuses the whole batch.
    pub batch_all_or_nothing: bool,
    /// What `batchDeleteContacts` does with an unknown name.
    pub batch_delete_missing: BatchDeleteMissing,
    /// `createdPeople` comes in another order than the request.
    pub shuffle_batch_create: bool,
    /// Values of a field come in another order than they were written in.
    pub shuffle_items: bool,
    /// Labels whose names differ in case only are the same.
    pub group_names_ignore_case: bool,
    /// A stale etag of a group refuses its update.
    pub group_etag_checked: bool,
    /// Contacts of which a deleted label was the last one fall back to myContacts.
    pub orphans_join_my_contacts: bool,
    /// Overlapping mutations of one account: counted only, or the later one is answered 409 ABORTED.
    pub overlapping_writes: OverlappingWrites,

    /// Seconds until a write is seen by lists that have to do with sync tokens.
    pub sync_propagation_s: u32,
    /// Seconds until a write is seen by other lists.
    pub list_propagation_s: u32,
    /// Seconds until a write is seen by reads of single contacts; until then they carry the elder etag.
    pub get_staleness_s: u32,

    /// Quota units that an account has in each minute or day; what is not named has no limit.
    pub quotas: BTreeMap<Bucket, u64>,
    /// A call beyond its quota is told when to come again.
    pub quota_retry_after: bool,

    /// What calls of a method (`people.createContact`) or class (`read`, `write`, `oauth`) take.
    pub latency_ms: BTreeMap<String, Milliseconds>,
    /// So much of it passes once the call is done.
    pub latency_after_percent: u8,
    /// What the emulator itself needs for a call counts as a part of it: no call takes longer for that, unless it needs more.
    pub latency_includes_work: bool,
    /// Bodies of People API requests are kept in the log.
    pub log_bodies: bool,
    /// Seed of resource names and orders.
    pub rng_seed: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            users: vec![
                User::new("phone@example.com", "100000000000000000001", "Phone Demo"),
                User::new("other@example.com", "100000000000000000002", "Other Demo"),
            ],
            clients: vec![Client::default()],
            service_accounts: Vec::new(),
            api_enabled: true,
            withhold_scopes: Vec::new(),
            scopes_ticked: true,
            issuer: "https://accounts.google.com".to_owned(),
            access_token_ttl: 3599,
            max_uri_len: 16_384,
            max_body_len: 32 << 20,
            strict_lists: true,
            legacy_errors: LegacyErrors::Auto,
            strict_page_size: true,
            next_sync_needs_request: true,
            sync_token_anchor: SyncTokenAnchor::FullSync,
            expired_sync_status: "FAILED_PRECONDITION".to_owned(),
            list_etag_accepted: false,
            create_joins_my_contacts: true,
            no_op_bumps_etag: true,
            membership_bumps_etag: true,
            trim_values: true,
            normalise_newlines: true,
            drop_empty_items: true,
            derive_country_code: true,
            refused_values: Vec::new(),
            max_contacts: 25_000,
            batch_all_or_nothing: true,
            batch_delete_missing: BatchDeleteMissing::NotFound,
            shuffle_batch_create: false,
            shuffle_items: false,
            group_names_ignore_case: true,
            group_etag_checked: true,
            orphans_join_my_contacts: true,
            overlapping_writes: OverlappingWrites::Count,
            sync_propagation_s: 0,
            list_propagation_s: 0,
            get_staleness_s: 0,
            quotas: BTreeMap::new(),
            quota_retry_after: false,
            latency_ms: BTreeMap::new(),
            latency_after_percent: 0,
            latency_includes_work: false,
            log_bodies: true,
            rng_seed: 1,
        }
    }
}

/// The environment variable that [`Config::of_environment`] reads.
const ENVIRONMENT: &str = "GCONTACTS_EMULATOR_SETTINGS";

impl Config {
    /// The defaults, changed by the JSON object in `GCONTACTS_EMULATOR_SETTINGS` where there is one: so a whole suite runs
    /// under another reading of what Google leaves open. A test that is about one setting sets that itself.
    ///
    /// # Errors
    /// As [`Self::changed`].
    pub fn of_environment() -> Result<Self, String> {
        match std::env::var(ENVIRONMENT) {
            Ok(text) if !text.is_empty() => {
                let change = serde_json::from_str(&text).map_err(|error| format!("{ENVIRONMENT}: {error}"))?;
                Self::default().changed(&change)
            }
            _ => Ok(Self::default()),
        }
    }

    /// The same settings with the members of a JSON object replaced; `profile` comes before the others.
    ///
    /// # Errors
    /// A setting that does not exist, or a value of the wrong type; the text names it.
    pub fn changed(&self, change: &Value) -> Result<Self, String> {
        let Value::Object(change) = change else {
            return Err("an object is expected".to_owned());
        };
        let mut change = change.clone();
        let mut base = self.clone();
        if let Some(profile) = change.remove("profile") {
            let profile: Profile = serde_json::from_value(profile).map_err(|error| error.to_string())?;
            profile.apply(&mut base);
        }
        let mut whole = serde_json::to_value(base).map_err(|error| error.to_string())?;
        if let Some(members) = whole.as_object_mut() {
            members.extend(change);
        }
        serde_json::from_value(whole).map_err(|error| error.to_string())
    }

    /// Seconds that the most belated read lags behind.
    #[must_use]
    pub fn longest_lag(&self) -> i64 {
        let lags = [self.sync_propagation_s, self.list_propagation_s, self.get_staleness_s];
        lags.into_iter().max().unwrap_or_default().into()
    }

    /// Finds an account by its e-mail or its number.
    #[must_use]
    pub fn user(&self, email_or_sub: &str) -> Option<&User> {
        let same = |user: &&User| user.email.eq_ignore_ascii_case(email_or_sub) || user.sub == email_or_sub;
        self.users.iter().find(same)
    }

    /// Finds an OAuth client.
    #[must_use]
    pub fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.client_id == id)
    }
}
