// SPDX-License-Identifier: GPL-3.0-or-later
//! Both readings of what Google leaves open, as a whole: a client must live with either.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{BatchDeleteMissing, Config, LegacyErrors, OverlappingWrites, SyncTokenAnchor};

/// A reading of what Google leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// What a client has most to fear.
    Strict,
    /// What a client has least to fear.
    Lenient,
}

impl Profile {
    /// Sets every switch of a behaviour that Google leaves open. Limits, delays and latency are measures, not
    /// readings: they stay. So do `create_joins_my_contacts` and `orphans_join_my_contacts`: without them contacts have
    /// no label, which is neither reading.
    pub fn apply(self, config: &mut Config) {
        let strict = self == Self::Strict;
        for switch in [
            &mut config.strict_lists,
            &mut config.strict_page_size,
            &mut config.next_sync_needs_request,
            &mut config.no_op_bumps_etag,
            &mut config.membership_bumps_etag,
            &mut config.trim_values,
            &mut config.normalise_newlines,
            &mut config.drop_empty_items,
            &mut config.derive_country_code,
            &mut config.batch_all_or_nothing,
            &mut config.shuffle_batch_create,
            &mut config.shuffle_items,
            &mut config.group_names_ignore_case,
            &mut config.group_etag_checked,
        ] {
            *switch = strict;
        }
        for switch in [&mut config.list_etag_accepted, &mut config.quota_retry_after] {
            *switch = !strict;
        }
        config.max_uri_len = if strict { 16_384 } else { 65_536 };
        config.legacy_errors = if strict {
            LegacyErrors::Never
        } else {
            LegacyErrors::Always
        };
        config.sync_token_anchor = if strict {
            SyncTokenAnchor::FullSync
        } else {
            SyncTokenAnchor::Itself
        };
        let expired = if strict {
            "FAILED_PRECONDITION"
        } else {
            "INVALID_ARGUMENT"
        };
        expired.clone_into(&mut config.expired_sync_status);
        config.batch_delete_missing = if strict {
            BatchDeleteMissing::NotFound
        } else {
            BatchDeleteMissing::Ignore
        };
        config.overlapping_writes = if strict {
            OverlappingWrites::Abort
        } else {
            OverlappingWrites::Count
        };
    }
}

impl Config {
    /// The switches, each as an object that turns it, and none but it, to the reading that is not the default. What the
    /// profiles differ in are the switches.
    ///
    /// # Errors
    /// None in practice: settings have a form in JSON.
    pub fn switches() -> Result<Vec<Map<String, Value>>, String> {
        let members = |change: Value| {
            let config = Self::default().changed(&change)?;
            serde_json::to_value(config).map_err(|error| error.to_string())
        };
        let default = members(json!({}))?;
        let [strict, lenient] = [json!({"profile": "strict"}), json!({"profile": "lenient"})].map(members);
        let (strict, lenient) = (strict?, lenient?);
        let mut switches = Vec::new();
        for (name, value) in strict.as_object().into_iter().flatten() {
            let other = lenient.get(name).unwrap_or(value);
            if value != other {
                let turned = if default.get(name) == Some(value) { other } else { value };
                switches.push(Map::from_iter([(name.clone(), turned.clone())]));
            }
        }
        Ok(switches)
    }
}
