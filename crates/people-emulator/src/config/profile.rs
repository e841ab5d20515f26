// SPDX-License-Identifier: GPL-3.0-or-later
//! Both readings of what Google leaves open, as a whole: a client must live with either.

use serde::Deserialize;

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
