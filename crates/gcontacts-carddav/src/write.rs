// SPDX-License-Identifier: GPL-3.0-or-later
//! Cards to vCards, version 4 (RFC 6350).

use calcard::vcard::{
    VCard as Lines, VCardEntry, VCardParameter, VCardParameterName, VCardParameterValue, VCardProperty, VCardValue,
    VCardVersion,
};
use gcontacts_core::card::{Content, PartialDate, Value, ValueLabel};

use crate::VCard;

/// Writes cards as a file of vCards, which [`crate::read_vcards`] reads back without loss.
#[must_use]
pub fn write_vcards(cards: &[VCard]) -> String {
    let mut file = String::new();
    for card in cards {
        // Writing into a text cannot fail.
        let _ = lines(card).write_to(&mut file, VCardVersion::V4_0);
    }
    file
}

fn lines(vcard: &VCard) -> Lines {
    let card = &vcard.card;
    let mut lines = Lines::default();
    let mut put = |name: VCardProperty, values: Vec<VCardValue>| lines.entries.push(entry(name, values));
    if !vcard.uid.is_empty() {
        put(VCardProperty::Uid, vec![text(&vcard.uid)]);
    }
    let full = format!("{} {}", card.name.given, card.name.family).trim().to_owned();
    let company = card.values.iter().find_map(|value| match &value.content {
        Content::Organization { name, .. } if !name.is_empty() => Some(name.clone()),
        _ => None,
    });
    let is_company = card.name.is_empty() && company.is_some();
    // FN must be there, be it empty: a name made up for somebody without one would be read back as theirs.
    let shown = if full.is_empty() {
        company.unwrap_or_default()
    } else {
        full
    };
    put(VCardProperty::Fn, vec![text(&shown)]);
    let name = &card.name;
    let parts = [
        name.family.as_str(),
        &name.given,
        &vcard.more.middle,
        &name.prefix,
        &name.suffix,
    ];
    put(VCardProperty::N, parts.into_iter().map(text).collect());
    if is_company {
        put(
            VCardProperty::Kind,
            vec![VCardValue::Kind(calcard::vcard::VCardKind::Org)],
        );
    }
    let more = &vcard.more;
    for (property, texts) in [
        (VCardProperty::Nickname, &more.nicknames),
        (VCardProperty::Categories, &more.labels),
    ] {
        if !texts.is_empty() {
            put(property, texts.iter().map(|name| text(name)).collect());
        }
    }
    if !more.photo_url.is_empty() {
        put(VCardProperty::Photo, vec![text(&more.photo_url)]);
    }
    if let Some(date) = card.birthday {
        put(VCardProperty::Bday, vec![text(&birthday(date))]);
    }
    if !card.note.is_empty() {
        put(VCardProperty::Note, vec![text(&card.note)]);
    }
    for (number, value) in card.values.iter().enumerate() {
        lines.entries.extend(value_lines(number, value));
    }
    lines
}

fn value_lines(number: usize, value: &Value) -> Vec<VCardEntry> {
    let (name, values) = match &value.content {
        Content::Phone { number, .. } => (VCardProperty::Tel, vec![text(number)]),
        Content::Email(email) => (VCardProperty::Email, vec![text(email)]),
        Content::Url(url) => (VCardProperty::Url, vec![text(url)]),
        Content::Organization { name, title } => {
            let mut lines = vec![
                entry(VCardProperty::Org, vec![text(name)]),
                entry(VCardProperty::Title, vec![text(title)]),
            ];
            for line in &mut lines {
                tag(line, number, &value.label);
            }
            lines.extend(label_line(number, &value.label));
            return lines;
        }
        Content::Address(address) => {
            let parts = [
                "",
                "",
                &address.street,
                &address.town,
                &address.state,
                &address.zip,
                &address.country,
            ];
            (VCardProperty::Adr, parts.into_iter().map(text).collect())
        }
        Content::Messenger { protocol, handle } => (VCardProperty::Impp, vec![text(&format!("{protocol}:{handle}"))]),
    };
    let mut line = entry(name, values);
    tag(&mut line, number, &value.label);
    let mut lines = vec![line];
    lines.extend(label_line(number, &value.label));
    lines
}

/// Gives a line the types that say its label, or the group whose X-ABLabel does.
fn tag(line: &mut VCardEntry, number: usize, label: &ValueLabel) {
    let types: &[&str] = match label {
        ValueLabel::Work => &["work"],
        ValueLabel::Home => &["home"],
        ValueLabel::Mobile => &["cell"],
        ValueLabel::WorkFax => &["work", "fax"],
        ValueLabel::None => &[],
        ValueLabel::Other(_) => {
            line.group = Some(format!("item{number}"));
            &[]
        }
    };
    line.params.extend(types.iter().map(|kind| VCardParameter {
        name: VCardParameterName::Type,
        value: VCardParameterValue::Text((*kind).to_owned()),
    }));
}

fn label_line(number: usize, label: &ValueLabel) -> Option<VCardEntry> {
    let ValueLabel::Other(label) = label else { return None };
    let mut line = entry(VCardProperty::Other("X-ABLabel".to_owned()), vec![text(label)]);
    line.group = Some(format!("item{number}"));
    Some(line)
}

fn entry(name: VCardProperty, values: Vec<VCardValue>) -> VCardEntry {
    VCardEntry {
        group: None,
        name,
        params: Vec::new(),
        values,
    }
}

fn text(text: &str) -> VCardValue {
    VCardValue::Text(text.to_owned())
}

fn birthday(date: PartialDate) -> String {
    match date.year {
        0 => format!("--{:02}{:02}", date.month, date.day),
        year => format!("{year:04}{:02}{:02}", date.month, date.day),
    }
}
