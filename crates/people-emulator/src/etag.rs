// SPDX-License-Identifier: GPL-3.0-or-later
//! Etags as Google makes them.
//!
//! `sources[].etag` is `#` and base64 of eight bytes: it names the version. `person.etag` is `%` and base64 of a small
//! protobuf with the fields that were read (2), the kinds of source (3) and the source's etag (4): the same version has
//! another one under each mask. Field 5 is ours: the person came from a list.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::mask::{Mask, READ_PATHS};

/// The etag of a version, without its `#`.
#[must_use]
pub fn version_text(id: &str, version: u64) -> String {
    let digest = Sha256::digest(format!("{id}/{version}"));
    STANDARD.encode(digest.get(..8).unwrap_or_default())
}

/// `person.metadata.sources[].etag`.
#[must_use]
pub fn of_source(id: &str, version: u64) -> String {
    format!("#{}", version_text(id, version))
}

/// `person.etag`.
#[must_use]
pub fn of_person(id: &str, version: u64, mask: &Mask, listed: bool) -> String {
    let position = |path| READ_PATHS.iter().position(|known| *known == path).unwrap_or_default();
    let fields = mask
        .paths()
        .filter_map(|path| u8::try_from(position(path) + 1).ok())
        .collect::<Vec<_>>();
    let mut bytes = Vec::new();
    put(&mut bytes, 2, &fields);
    put(&mut bytes, 3, &[1, 2, 5, 7]);
    put(&mut bytes, 4, version_text(id, version).as_bytes());
    if listed {
        put(&mut bytes, 5, &[1]);
    }
    format!("%{}", STANDARD.encode(bytes))
}

fn put(bytes: &mut Vec<u8>, field: u8, content: &[u8]) {
    bytes.push(field << 3 | 2);
    bytes.push(u8::try_from(content.len()).unwrap_or_default());
    bytes.extend(content);
}

/// What a `person.etag` says.
#[derive(Debug, PartialEq, Eq)]
pub struct PersonEtag {
    /// The version's text.
    pub version: String,
    /// It came from a list.
    pub listed: bool,
}

/// Reads a `person.etag`.
#[must_use]
pub fn read_person(etag: &str) -> Option<PersonEtag> {
    let bytes = STANDARD.decode(etag.strip_prefix('%')?).ok()?;
    let mut found = PersonEtag {
        version: String::new(),
        listed: false,
    };
    let mut rest = bytes.as_slice();
    while let [tag, length, tail @ ..] = rest {
        let (content, after) = tail.split_at_checked(usize::from(*length))?;
        match tag >> 3 {
            4 => found.version = String::from_utf8(content.to_vec()).ok()?,
            5 => found.listed = true,
            _ => {}
        }
        rest = after;
    }
    (!found.version.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_19_person_etags_differ_by_mask_and_version_and_name_the_version() {
        let names = of_person("1f", 3, &Mask::of(&["names"]), false);
        let urls = of_person("1f", 3, &Mask::of(&["urls"]), true);
        assert_ne!(names, urls);
        assert_ne!(names, of_person("1f", 4, &Mask::of(&["names"]), false));
        assert_eq!(
            read_person(&names).unwrap().version,
            read_person(&urls).unwrap().version
        );
        assert!(read_person(&urls).unwrap().listed);
        assert_eq!(of_source("1f", 3), format!("#{}", read_person(&names).unwrap().version));
    }

    #[test]
    fn nonsense_is_no_etag() {
        assert_eq!(read_person("%%%"), None);
        assert_eq!(read_person("abc"), None);
    }
}
