// SPDX-License-Identifier: GPL-3.0-or-later
//! Notes: HTML, as Dolibarr's editor and Google can hold it, to plain text.

use crate::text::tidy;

/// Elements that a note may be made of. One of them makes a text HTML: `a < b` alone does not.
const ELEMENTS: [&str; 34] = [
    "a",
    "b",
    "blockquote",
    "body",
    "br",
    "caption",
    "code",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "span",
    "strong",
    "style",
    "table",
    "td",
    "tr",
    "u",
    "ul",
];

/// Elements that start a new line.
const LINES: [&str; 15] = [
    "br", "caption", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "pre", "tr", "ul",
];

/// Makes plain text of a note that is HTML; plain text comes back cleaned only.
#[must_use]
pub fn note_text(note: &str) -> String {
    if is_html(note) { plain_text(note) } else { tidy(note) }
}

/// Whether a text holds an element of HTML.
fn is_html(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| Tag::at(text, at).is_some())
}

/// Makes plain text of HTML: tags go, blocks become lines and paragraphs, entities their characters.
#[must_use]
pub fn plain_text(html: &str) -> String {
    let mut text = Lines::default();
    let mut at = 0;
    while let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("<!--") {
            at += rest.find("-->").map_or(rest.len(), |end| end + 3);
        } else if let Some(tag) = Tag::at(html, at) {
            at = tag.end;
            if !tag.closing && (tag.name == "style" || tag.name == "head") {
                let close = format!("</{}", tag.name);
                at += html
                    .get(at..)
                    .map_or(0, |rest| rest.to_ascii_lowercase().find(&close).unwrap_or(rest.len()));
            }
            text.tag(&tag);
        } else if let Some((c, length)) = entity(rest) {
            at += length;
            text.push(c);
        } else if let Some(c) = rest.chars().next() {
            at += c.len_utf8();
            // In HTML a line end is a space.
            text.push(if c.is_whitespace() { ' ' } else { c });
        }
    }
    text.finish()
}

struct Tag {
    name: String,
    closing: bool,
    end: usize,
}

impl Tag {
    /// Reads the tag that starts at `at`, if a known one does.
    fn at(html: &str, at: usize) -> Option<Self> {
        let inner = html.get(at..)?.strip_prefix('<')?;
        let (closing, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let length = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
        let (name, rest) = inner.split_at_checked(length)?;
        let name = name.to_ascii_lowercase();
        if !ELEMENTS.contains(&name.as_str()) || !rest.starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/')
        {
            return None;
        }
        let end = html.len() - rest.len() + rest.find('>')? + 1;
        Some(Self { name, closing, end })
    }
}

/// Text under construction: line ends are put when the next character comes, so none stands at the end.
#[derive(Default)]
struct Lines {
    text: String,
    breaks: usize,
    space: bool,
}

impl Lines {
    fn tag(&mut self, tag: &Tag) {
        if tag.name == "br" {
            self.breaks += 1;
        } else if tag.name == "p" || tag.name == "blockquote" || tag.name == "table" {
            self.breaks = self.breaks.max(2);
        } else if LINES.contains(&tag.name.as_str()) {
            self.breaks = self.breaks.max(1);
        } else if tag.name == "td" {
            self.space = true;
        }
        if tag.name == "li" && !tag.closing {
            self.push('-');
            self.space = true;
        }
    }

    fn push(&mut self, c: char) {
        if c == ' ' {
            self.space = true;
            return;
        }
        if !self.text.is_empty() {
            if self.breaks > 0 {
                self.text.extend(std::iter::repeat_n('\n', self.breaks));
            } else if self.space {
                self.text.push(' ');
            }
        }
        (self.breaks, self.space) = (0, false);
        self.text.push(c);
    }

    fn finish(self) -> String {
        tidy(&self.text)
    }
}

/// Reads the entity at the start of `text`: its character and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    let inner = text.strip_prefix('&')?;
    let length = inner.bytes().take(12).position(|byte| byte == b';')?;
    let name = inner.get(..length)?;
    let c = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)?
    } else {
        named(name)?
    };
    // A no-break space is a space to a person.
    Some((if c == '\u{a0}' { ' ' } else { c }, length + 2))
}

/// The characters U+00A0 to U+00FF by their names in HTML 4, in order (<https://www.w3.org/TR/html401/sgml/entities.html>).
const LATIN: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo", "not", "shy",
    "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot", "cedil", "sup1", "ordm",
    "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig",
    "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve",
    "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN",
    "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc",
    "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml",
    "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

fn named(name: &str) -> Option<char> {
    if let Some(place) = LATIN.iter().position(|&latin| latin == name) {
        return u32::try_from(place).ok().and_then(|place| char::from_u32(0xa0 + place));
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "OElig" => 'Œ',
        "oelig" => 'œ',
        "Scaron" => 'Š',
        "scaron" => 'š',
        "Yuml" => 'Ÿ',
        "euro" => '€',
        "hellip" => '…',
        "bull" => '•',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "sbquo" => '‚',
        "ldquo" => '“',
        "rdquo" => '”',
        "bdquo" => '„',
        "trade" => '™',
        "rarr" => '→',
        "larr" => '←',
        "thinsp" | "ensp" | "emsp" => ' ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_editor_s_html_becomes_lines() {
        assert_eq!(
            note_text(
                "<p>R&eacute;union <strong>lundi</strong>\r\nmatin</p>\r\n\r\n<p>A&nbsp;&amp;&nbsp;B<br />\r\nfin</p>"
            ),
            "Réunion lundi matin\n\nA & B\nfin"
        );
        assert_eq!(note_text("<ul><li>un</li><li>deux</li></ul>"), "- un\n- deux");
        assert_eq!(
            note_text("<style>p { color: red }</style><p>x</p><!-- no -->y"),
            "x\n\ny"
        );
        assert_eq!(note_text("<b>&#8364;&#x20ac;&euro;&unknown;&</b>"), "€€€&unknown;&");
    }

    #[test]
    fn plain_text_stays() {
        for text in [
            "a < b && c > d",
            "x <3 y",
            "<Bob> called",
            "1 &lt; 2",
            "line\n\nline",
            "<a@b.fr>",
        ] {
            assert_eq!(note_text(text), text);
        }
    }

    #[test]
    fn broken_html_is_read_as_far_as_it_goes() {
        assert_eq!(note_text("<p>open <b>bold"), "open bold");
        assert_eq!(note_text("<p>a</p><p"), "a\n\n<p");
        assert_eq!(note_text("<p></p>"), "");
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in any::<String>(), tags in "(<(p|br|li|/p|style)[ />]?>?|&#?x?[0-9a-f]{0,9};?|é){0,20}") {
            let _ = note_text(&format!("{text}{tags}{text}"));
            let plain = plain_text(&tags);
            prop_assert_eq!(tidy(&plain), plain);
        }
    }
}
