// SPDX-License-Identifier: GPL-3.0-or-later
//! The photo of a contact.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use crate::random;

/// A PNG of one white dot.
const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg==";

/// A photo.
#[derive(Debug)]
pub struct Photo {
    /// Name in its address.
    pub id: String,
    /// `image/jpeg` or `image/png`.
    pub media_type: &'static str,
    /// The picture.
    pub bytes: Vec<u8>,
}

impl Photo {
    /// Reads a JPEG or PNG in base64.
    #[must_use]
    pub fn read(base64: &str) -> Option<Self> {
        let bytes = STANDARD.decode(base64).or_else(|_| URL_SAFE.decode(base64)).ok()?;
        let media_type = match bytes.as_slice() {
            [0xff, 0xd8, 0xff, ..] => "image/jpeg",
            [0x89, b'P', b'N', b'G', ..] => "image/png",
            _ => return None,
        };
        let id = random::token("p");
        Some(Self { id, media_type, bytes })
    }

    /// A white dot.
    #[must_use]
    pub fn dot() -> Self {
        Self {
            id: random::token("p"),
            media_type: "image/png",
            bytes: STANDARD.decode(DOT).unwrap_or_default(),
        }
    }
}
