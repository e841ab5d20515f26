// SPDX-License-Identifier: GPL-3.0-or-later
//! The text of a file of unknown age.

/// The text of some bytes: UTF-8 or UTF-16 with its mark, UTF-8 without, else Windows-1252, in which every byte is a letter.
pub fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
        },
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    let high = byte.checked_sub(0x80).and_then(|index| HIGH.get(usize::from(index)));
    high.copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_files_are_read() {
        assert_eq!(decode("Zoé €".as_bytes()), "Zoé €");
        assert_eq!(decode(b"\xEF\xBB\xBFZo\xC3\xA9"), "Zoé");
        assert_eq!(decode(b"\xFF\xFEZ\0\xE9\0"), "Zé");
        assert_eq!(decode(b"\xFE\xFF\0Z\0\xE9"), "Zé");
        assert_eq!(decode(b"Zo\xE9 \x80"), "Zoé €");
    }
}
