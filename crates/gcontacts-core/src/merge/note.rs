// SPDX-License-Identifier: GPL-3.0-or-later
//! The note: ours first, and below it the paragraphs that Google's users added.

use super::{CardChange, Ruling};
use crate::card::Card;
use crate::text::{same_as_typed, tidy};

/// Merges the note.
pub(crate) fn merge_note(
    change: &mut CardChange,
    ruling: Ruling<'_>,
    sent: Option<&Card>,
    desired: &Card,
    google: &Card,
) {
    let (desired, google) = (desired.note.as_str(), google.note.as_str());
    let Some(sent) = sent.map(|card| card.note.as_str()) else {
        if !desired.is_empty() && !holds(google, desired) {
            change.note = Some(below(desired, google));
        }
        return;
    };
    if same_as_typed(sent, desired) {
        return;
    }
    let (note, ours_was_there) = replace(sent, desired, google);
    let mut goes = || ours_was_there || ruling.lets_dolibarr(&mut change.clashes, "note", desired, google);
    if !same_as_typed(&note, google) && goes() {
        change.note = Some(note);
    }
}

/// Whether a note holds these lines, one after the other.
pub(crate) fn holds(note: &str, lines: &str) -> bool {
    find(&split(note), &split(lines)).is_some()
}

/// What a note has beside these lines.
pub(crate) fn without(note: &str, lines: &str) -> String {
    if lines.is_empty() {
        tidy(note)
    } else {
        replace(lines, "", note).0
    }
}

/// Puts `desired` in the place of `sent`; tells too whether `sent` stood there unchanged.
fn replace(sent: &str, desired: &str, google: &str) -> (String, bool) {
    let (sent_lines, desired_lines, lines) = (split(sent), split(desired), split(google));
    let found = find(&lines, &sent_lines);
    // One of both can be the start of the other: what stands there is the longer one.
    if find(&lines, &desired_lines) == Some(0) && (found != Some(0) || desired_lines.len() >= sent_lines.len()) {
        return (google.to_owned(), true);
    }
    if sent.is_empty() {
        return (below(desired, google), true);
    }
    let rest = if let Some(start) = found {
        let (above, from) = lines.split_at(start.min(lines.len()));
        let under: Vec<&str> = from.iter().skip(sent_lines.len()).copied().collect();
        below(&tidy(&above.join("\n")), &under.join("\n"))
    } else {
        // Somebody edited our note: what is left of it goes, what is new in it stays.
        let ours = |line: &str| !line.trim().is_empty() && sent_lines.iter().any(|sent| same_as_typed(sent, line));
        lines
            .iter()
            .filter(|line| !ours(line))
            .copied()
            .collect::<Vec<_>>()
            .join("\n")
    };
    (below(desired, &rest), found.is_some())
}

/// Puts a cleaned note above the rest.
fn below(ours: &str, rest: &str) -> String {
    let rest = tidy(rest);
    match (ours.is_empty(), rest.is_empty()) {
        (_, true) => ours.to_owned(),
        (true, false) => rest,
        (false, false) => format!("{ours}\n\n{rest}"),
    }
}

fn split(note: &str) -> Vec<&str> {
    if note.is_empty() {
        Vec::new()
    } else {
        note.split('\n').collect()
    }
}

/// Finds where `block` starts among `lines`; an empty block is nowhere.
fn find(lines: &[&str], block: &[&str]) -> Option<usize> {
    if block.is_empty() {
        return None;
    }
    let same = |window: &[&str]| window.iter().zip(block).all(|(a, b)| same_as_typed(a, b));
    lines.windows(block.len()).position(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(sent: Option<&str>, desired: &str, google: &str) -> (Option<String>, usize) {
        let card = |note: &str| Card {
            note: note.to_owned(),
            ..Card::default()
        };
        let mut change = CardChange::default();
        merge_note(
            &mut change,
            Ruling::DOLIBARR,
            sent.map(card).as_ref(),
            &card(desired),
            &card(google),
        );
        (change.note, change.clashes.len())
    }

    fn note(text: &str) -> (Option<String>, usize) {
        (Some(text.to_owned()), 0)
    }

    #[test]
    fn ours_comes_first_and_theirs_stays_below() {
        assert_eq!(merged(None, "ours", ""), note("ours"));
        assert_eq!(merged(None, "ours", "theirs"), note("ours\n\ntheirs"));
        assert_eq!(merged(None, "ours", "theirs\nours"), (None, 0));
        assert_eq!(merged(None, "", "theirs"), (None, 0));
        assert_eq!(merged(Some("old"), "new", "old\n\ntheirs"), note("new\n\ntheirs"));
        assert_eq!(merged(Some("old"), "new", "old\ntheirs"), note("new\n\ntheirs"));
        assert_eq!(
            merged(Some("old"), "new", "theirs\n\nold\n\nmore"),
            note("new\n\ntheirs\n\nmore")
        );
        assert_eq!(merged(Some("old"), "", "old\n\ntheirs"), note("theirs"));
        assert_eq!(merged(Some("old"), "", "old"), note(""));
        assert_eq!(merged(Some(""), "new", "theirs"), note("new\n\ntheirs"));
    }

    #[test]
    fn what_dolibarr_did_not_change_is_theirs() {
        assert_eq!(merged(Some("same"), "same", "edited"), (None, 0));
        assert_eq!(merged(Some("same"), "same", ""), (None, 0));
    }

    #[test]
    fn an_edited_note_is_a_clash_and_nothing_new_is_lost() {
        assert_eq!(merged(Some("a\nb"), "c", "a\nb2"), (Some("c\n\nb2".to_owned()), 1));
        assert_eq!(merged(Some("old"), "new", ""), (Some("new".to_owned()), 1));
        assert_eq!(merged(Some("old"), "", ""), (None, 0));
    }

    #[test]
    fn a_longer_or_shorter_note_is_told_from_theirs() {
        assert_eq!(merged(Some("a"), "a\nb", "a\n\ntheirs"), note("a\nb\n\ntheirs"));
        assert_eq!(merged(Some("a"), "a\nb", "a\nb\n\ntheirs"), (None, 0));
        assert_eq!(merged(Some("a\nb"), "a", "a\nb\n\ntheirs"), note("a\n\ntheirs"));
    }
}
