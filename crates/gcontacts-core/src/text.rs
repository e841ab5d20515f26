// SPDX-License-Identifier: GPL-3.0-or-later
//! Texts: cleaning what cannot travel, and when two of them are the same.

use unicode_normalization::UnicodeNormalization;

/// Cleans a text of several lines: line ends become `\n`, tabs spaces, other control characters and byte order
/// marks go, and so do white space and empty lines at both ends. All else stays as typed.
#[must_use]
pub fn tidy(text: &str) -> String {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return text.trim().to_owned();
    }
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                clean.push('\n');
            }
            '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' => clean.push('\n'),
            '\t' => clean.push(' '),
            '\u{feff}' => {}
            c if c.is_control() => {}
            c => clean.push(c),
        }
    }
    clean.trim().to_owned()
}

/// Cleans a text of one line: as [`tidy`], and line ends become spaces.
#[must_use]
pub fn tidy_line(text: &str) -> String {
    let clean = tidy(text);
    if clean.contains('\n') {
        clean
            .split('\n')
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    } else {
        clean
    }
}

/// Whether two texts are the same as typed: after cleaning, and whichever way their accents are encoded.
#[must_use]
pub fn same_as_typed(a: &str, b: &str) -> bool {
    a == b || {
        let (a, b) = (tidy(a), tidy(b));
        a == b || (!(a.is_ascii() && b.is_ascii()) && a.nfc().eq(b.nfc()))
    }
}

/// Folds a text so that texts which a person would call the same become equal: no case, no accents, no
/// punctuation, single spaces.
///
/// A text of nothing but punctuation folds to itself with single spaces, so that no text but the empty one folds to nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = Folded {
        text: String::with_capacity(text.len()),
        space: false,
    };
    // ASCII decomposes to itself, and marks never change places across it: only the runs between need the tables.
    for run in text.as_bytes().chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
        match std::str::from_utf8(run) {
            Ok(run) if run.is_ascii() => run.bytes().for_each(|byte| folded.take_ascii(byte)),
            Ok(run) => run.nfkd().for_each(|c| folded.take(c)),
            // Bytes that are not ASCII stand together in whole characters.
            Err(_) => {}
        }
    }
    if folded.text.is_empty() {
        let clean = tidy(text).to_lowercase();
        clean.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        folded.text
    }
}

struct Folded {
    text: String,
    space: bool,
}

impl Folded {
    fn take_ascii(&mut self, byte: u8) {
        if !byte.is_ascii_alphanumeric() {
            self.space = true;
            return;
        }
        if self.space && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.space = false;
        self.text.push(char::from(byte.to_ascii_lowercase()));
    }

    fn take(&mut self, c: char) {
        if is_separator(c) {
            self.space = true;
            return;
        }
        if is_accent(c) {
            return;
        }
        if self.space && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.space = false;
        match c {
            'œ' | 'Œ' => self.text.push_str("oe"),
            'æ' | 'Æ' => self.text.push_str("ae"),
            'ß' | 'ẞ' => self.text.push_str("ss"),
            'þ' | 'Þ' => self.text.push_str("th"),
            'ø' | 'Ø' => self.text.push('o'),
            'ł' | 'Ł' => self.text.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => self.text.push('d'),
            'ı' => self.text.push('i'),
            'ς' => self.text.push('σ'),
            // A capital can become a letter and an accent (`İ`).
            c => self.text.extend(c.to_lowercase().filter(|&c| !is_accent(c))),
        }
    }
}

/// Punctuation, white space and what cannot be seen. Symbols that carry a meaning (emoji, currencies) are not.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || c.is_ascii_punctuation()
        || matches!(c, '\u{a1}'..='\u{bf}' if !c.is_alphanumeric())
        || matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{301f}' | '\u{ad}' | '\u{feff}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}')
}

/// Marks that a keyboard leaves out easily. The vowel signs of Indian scripts and the voice marks of kana make
/// other words and are none of them.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}'
        | '\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn control_characters_are_cleaned() {
        assert_eq!(tidy(" a\0b\r\nc\rd\te\u{7f}\u{feff} \n"), "ab\nc\nd e");
        assert_eq!(tidy_line("12 rue X\r\n\r\n Paris"), "12 rue X Paris");
        assert_eq!(tidy("\0\n"), "");
    }

    #[test]
    fn what_was_typed_stays() {
        for text in ["👩‍👩‍👧 family", "שלום \u{200f}עולם", "a  b", "Ñandú"] {
            assert_eq!(tidy(text), text);
        }
    }

    #[test]
    fn the_same_words_fold_alike() {
        assert_eq!(fold("  ÉCOLE  d'Été,\r\nBât. 3 "), "ecole d ete bat 3");
        assert_eq!(fold("Œuvre Straße"), fold("oeuvre STRASSE"));
        assert_eq!(fold("e\u{301}"), fold("é"));
        assert_eq!(fold("ＡＢＣ１"), "abc1");
        assert_eq!(fold("İ"), fold("i"));
        assert_eq!(fold("ΟΔΟΣ"), fold("οδος"));
    }

    #[test]
    fn other_words_fold_apart() {
        assert_ne!(fold("🎉"), fold("🎂"));
        assert_ne!(fold("कि"), fold("का"));
        assert_ne!(fold("か"), fold("が"));
        assert_ne!(fold("---"), fold(""));
        assert_eq!(fold(""), "");
    }

    #[test]
    fn accents_may_be_encoded_either_way() {
        assert!(same_as_typed("e\u{301}t\u{e9}", "\u{e9}te\u{301} "));
        assert!(!same_as_typed("été", "ete"));
    }

    proptest! {
        #[test]
        fn folding_by_runs_is_folding_the_whole(text in "([a-zA-Z .é\u{301}\u{323}œÅﬁ½か\u{3099}]|\\PC){0,12}") {
            let mut whole = Folded { text: String::new(), space: false };
            text.nfkd().for_each(|c| whole.take(c));
            if !whole.text.is_empty() {
                prop_assert_eq!(fold(&text), whole.text);
            }
        }

        #[test]
        fn cleaning_twice_is_cleaning_once(text in any::<String>()) {
            let clean = tidy(&text);
            prop_assert_eq!(&tidy(&clean), &clean);
            let line = tidy_line(&text);
            prop_assert_eq!(&tidy_line(&line), &line);
            prop_assert!(!line.contains('\n'));
        }

        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert_eq!(&fold(&folded), &folded);
            prop_assert_eq!(fold(&tidy(&text)).is_empty(), tidy(&text).is_empty());
        }
    }
}
