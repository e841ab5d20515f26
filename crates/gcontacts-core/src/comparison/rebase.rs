// SPDX-License-Identifier: GPL-3.0-or-later
//! Moving the base of single fields to what Google has.

use super::places::{Place, places, same_row};
use super::rows::{key, organization};
use crate::card::{Card, Content, Field, Value, ValueLabel};
use crate::text::fold;

/// What is to be kept as sent once Google's word on the fields `keys` is what both agreed on last.
///
/// After a field was taken into Dolibarr both have the same; where Dolibarr kept it otherwise, the next merge sees a change
/// of Dolibarr's alone and sends that: `desired` is then what the contact wants after it. Where nothing was taken, the next merge sends Dolibarr's over Google's, with no clash
/// in the way.
#[must_use]
pub fn rebase(sent: &Card, desired: &Card, google: &Card, keys: &[String]) -> Card {
    let has = |key: &str| keys.iter().any(|wanted| wanted == key);
    let mut base = sent.clone();
    let parts = [
        ("civility", &mut base.name.prefix, &google.name.prefix),
        ("lastname", &mut base.name.family, &google.name.family),
        ("firstname", &mut base.name.given, &google.name.given),
        ("note", &mut base.note, &google.note),
    ];
    for (key, part, google) in parts {
        if has(key) {
            part.clone_from(google);
        }
    }
    if has("birthday") {
        base.birthday = google.birthday;
    }
    let (places, _) = places(&sent.values, &desired.values, &google.values);
    for place in &places {
        let moves = match place.field {
            Field::Organization => has("job_title") || has("company_name"),
            _ => has(&key(place)),
        };
        if moves {
            move_place(&mut base, place, &has);
        }
    }
    // In Dolibarr's order, so that what says the same is seen to do so.
    let order = |value: &Value| {
        desired
            .values
            .iter()
            .position(|other| same_row(other, value))
            .unwrap_or(usize::MAX)
    };
    base.values.sort_by_key(order);
    base
}

fn move_place(base: &mut Card, place: &Place, has: &impl Fn(&str) -> bool) {
    if let Some(sent) = &place.sent {
        base.values.retain(|value| value != sent);
    }
    let Some(content) = content(place, has) else { return };
    // The user's own label stays the user's: what was sent had Dolibarr's.
    let label = place
        .sent
        .as_ref()
        .or(place.desired.as_ref())
        .map(|value| value.label.clone());
    let value = Value::of(place.field, label.unwrap_or_else(|| usual_label(place.field)), content);
    // It was typed at Google, and stays there when ours is taken off.
    base.found.insert(value.identity().part());
    base.values.push(value);
}

fn content(place: &Place, has: &impl Fn(&str) -> bool) -> Option<Content> {
    if place.field != Field::Organization {
        return place.google.as_ref().map(|value| with_country(value, place));
    }
    let [sent, desired, google] =
        [&place.sent, &place.desired, &place.google].map(|value| organization(value.as_ref()));
    let title_alone = has("job_title") && !has("company_name");
    // The merge knows organizations whole: the employer's name moves along, unless it is only the title that was taken.
    let taken = title_alone && fold(desired.0) == fold(google.0) && fold(desired.1) == fold(sent.1);
    Content::organization(if taken { sent.1 } else { google.1 }, google.0)
}

/// Google's text as Dolibarr dials it.
fn with_country(google: &Value, place: &Place) -> Content {
    let ours = place
        .desired
        .as_ref()
        .or(place.sent.as_ref())
        .map(|value| &value.content);
    match (&google.content, ours) {
        (Content::Phone { number, .. }, Some(Content::Phone { country, .. })) => Content::Phone {
            number: number.clone(),
            country: country.clone(),
        },
        (content, _) => content.clone(),
    }
}

fn usual_label(field: Field) -> ValueLabel {
    match field {
        Field::PhonePerso => ValueLabel::Home,
        Field::PhoneMobile => ValueLabel::Mobile,
        Field::Fax => ValueLabel::WorkFax,
        _ => ValueLabel::Work,
    }
}
