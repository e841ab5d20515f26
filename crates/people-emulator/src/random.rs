// SPDX-License-Identifier: GPL-3.0-or-later
//! Numbers for resource names and orders, the same at each run; and strings for tokens, never the same.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A seeded sequence (splitmix64): the same seed gives the same resource names.
#[derive(Debug)]
pub struct Sequence(u64);

impl Sequence {
    /// A sequence that starts at a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number of 19 digits, as contacts have.
    pub fn contact_number(&mut self) -> u64 {
        self.next() >> 2 | 1 << 62
    }

    /// A number below a limit (0 where the limit is 0).
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % limit).unwrap_or(0)
    }

    /// True with a probability between 0 and 1.
    pub fn chance(&mut self, probability: f64) -> bool {
        let thousand = u32::try_from(self.next() % 1_000_000).unwrap_or(0);
        f64::from(thousand) < probability * 1_000_000.0
    }

    /// Puts a list in another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for index in (1..list.len()).rev() {
            list.swap(index, self.below(index + 1));
        }
    }
}

/// A token that nobody can guess.
#[must_use]
pub fn token(prefix: &str) -> String {
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(rand::random::<[u8; 30]>()))
}
