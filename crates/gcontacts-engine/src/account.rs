// SPDX-License-Identifier: GPL-3.0-or-later
//! What is known of a Google account beside its cards.

use serde::{Deserialize, Serialize};

/// What an account has shown of how Google treats it. The default is the careful guess.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Account {
    /// A batch that was refused for some of its cards made none of the others, as a listing showed that was late enough
    /// to show them.
    pub refusals_are_whole: bool,
}
