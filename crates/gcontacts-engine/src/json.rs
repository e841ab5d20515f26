// SPDX-License-Identifier: GPL-3.0-or-later
//! JSON in plain ASCII.

use std::io;

use gcontacts_people::Error;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// Bytes of a usual card, with which writing begins.
const USUAL: usize = 2048;

/// Writes `value` as JSON in which every character beyond ASCII is a `\u` escape.
///
/// Most databases of Dolibarr hold three bytes a character and refuse an emoji.
///
/// # Errors
/// Where `value` cannot be written as JSON.
pub fn ascii_json<T: Serialize + ?Sized>(value: &T) -> Result<String, serde_json::Error> {
    let mut bytes = Vec::with_capacity(USUAL);
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Ascii))?;
    String::from_utf8(bytes).map_err(serde::ser::Error::custom)
}

/// As [`ascii_json`], of something that Google answered: where it cannot be written, the answer was bad.
pub(crate) fn answer_json<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    ascii_json(value).map_err(|error| Error::BadAnswer {
        http_status: 200,
        what: error.to_string(),
        retry_after: None,
    })
}

struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W: io::Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // Nearly all is ASCII, and the standard library tells that many bytes at a time.
        if fragment.is_ascii() {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some(position) = rest.bytes().position(|byte| !byte.is_ascii()) {
            let (plain, beyond) = rest.split_at(position);
            writer.write_all(plain.as_bytes())?;
            let mut characters = beyond.chars();
            if let Some(character) = characters.next() {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    writer.write_all(&escape(*unit))?;
                }
            }
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// The escape of a UTF-16 code unit, for example `\u00e9`.
fn escape(unit: u16) -> [u8; 6] {
    let digit = |shift: u16| {
        let value = u8::try_from((unit >> shift) & 0xf).unwrap_or_default();
        if value < 10 { b'0' + value } else { b'a' + value - 10 }
    };
    [b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beyond_ascii_is_escaped_and_reads_back() {
        let text = "Zoé \u{1f600} \"quoted\" \n\u{7f} 日本";
        let json = ascii_json(text).unwrap();
        assert!(json.is_ascii(), "{json}");
        assert!(json.contains("\\ud83d\\ude00"), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
