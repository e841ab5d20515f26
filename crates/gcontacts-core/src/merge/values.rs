// SPDX-License-Identifier: GPL-3.0-or-later
//! The values: `google - (sent \ desired) + (desired \ sent)`, by identity.

use super::{CardChange, Ruling};
use crate::card::{Content, Field, Value, ValueLabel};
use crate::identity::Identity;

/// A value with its identity: normalising a phone number has its price.
pub(crate) struct Known<'a> {
    pub(crate) value: &'a Value,
    pub(crate) identity: Identity,
}

impl Known<'_> {
    pub(crate) fn is(&self, other: &Known) -> bool {
        self.identity.is(&other.identity)
    }
}

pub(crate) fn known(values: &[Value]) -> Vec<Known<'_>> {
    values
        .iter()
        .map(|value| Known {
            value,
            identity: value.identity(),
        })
        .collect()
}

/// Reads Google's values with Dolibarr's eyes: one that is none of ours, but may be one, is that one.
///
/// Google does not tell in which country a number is dialled, and can leave out the country of an address.
pub(crate) fn known_at_google<'a>(google: &'a [Value], ours: &[&Known]) -> Vec<Known<'a>> {
    let mut google = known(google);
    for value in &mut google {
        if ours.iter().any(|our| our.is(value)) {
            continue;
        }
        let may_be = ours.iter().filter(|our| our.identity.is_or_may_be(&value.identity));
        // Of several the one with Google's label: the order of values has no meaning.
        if let Some(our) = may_be.min_by_key(|our| (our.value.label != value.value.label, &our.identity)) {
            value.identity = our.identity.clone();
        }
    }
    google
}

/// Merges the values.
pub(super) fn merge_values(
    change: &mut CardChange,
    ruling: Ruling<'_>,
    sent: &[Value],
    desired: &[Value],
    google: &[Value],
) {
    if sent.iter().map(shown).eq(desired.iter().map(shown)) {
        // Dolibarr has nothing new to say: by far the most usual, and it saves finding out what is what.
        return;
    }
    let (sent, desired) = (known(sent), known(desired));
    let ours: Vec<&Known> = sent.iter().chain(&desired).collect();
    let google = known_at_google(google, &ours);
    let (wanted, mut free) = pair(&sent, &desired, &google);

    let mut gone: Vec<&Known> = sent
        .iter()
        .filter(|sent| !desired.iter().any(|desired| desired.is(sent)))
        .collect();
    // A second copy of a desired value is no one's to take away.
    free.retain(|google| !desired.iter().any(|desired| desired.is(google)));
    for Wanted {
        desired,
        sent: was,
        google: has,
    } in wanted
    {
        match (was, has) {
            (Some(was), Some(has)) => follow(change, was.value, desired.value, has.value),
            // Google's user took it away, or has it already; Dolibarr has nothing new to say.
            (Some(_), None) | (None, Some(_)) => {}
            (None, None) => {
                let before = take(&mut gone, |gone| same_place(gone.value, desired.value));
                if let Some((before, google)) =
                    before.and_then(|before| Some((before, take_made_of(&mut free, before, desired)?)))
                {
                    replace(
                        change,
                        google.value,
                        in_place(before.value, desired.value, google.value),
                    );
                } else {
                    let goes = clash(before, desired, &free, &sent).is_none_or(|(field, dolibarr, google)| {
                        ruling.lets_dolibarr(&mut change.clashes, field.name(), &dolibarr, &google)
                    });
                    if goes {
                        change.added.push(desired.value.clone());
                    }
                }
            }
        }
    }
    let dropped = free.iter().filter(|google| sent.iter().any(|sent| sent.is(google)));
    change.removed.extend(dropped.map(|google| google.value.clone()));
}

/// All of a value that is seen and merged.
fn shown(value: &Value) -> (&ValueLabel, &Content, Option<Field>) {
    (&value.label, &value.content, value.field)
}

/// A desired value with the sent one and Google's that are the same one, where there are such.
pub(crate) struct Wanted<'a> {
    pub(crate) desired: &'a Known<'a>,
    pub(crate) sent: Option<&'a Known<'a>>,
    pub(crate) google: Option<&'a Known<'a>>,
}

/// Finds for each desired value the sent one and Google's that it is; yields too what of Google's is left.
pub(crate) fn pair<'a>(
    sent: &'a [Known<'a>],
    desired: &'a [Known<'a>],
    google: &'a [Known<'a>],
) -> (Vec<Wanted<'a>>, Vec<&'a Known<'a>>) {
    let mut left: Vec<&Known> = google.iter().collect();
    let wanted = desired.iter().map(|desired| {
        let sent = sent.iter().find(|sent| sent.is(desired));
        let google = take_made_of(&mut left, sent.unwrap_or(desired), desired);
        Wanted { desired, sent, google }
    });
    (wanted.collect(), left)
}

pub(crate) fn take<'a>(from: &mut Vec<&'a Known<'a>>, is: impl Fn(&Known) -> bool) -> Option<&'a Known<'a>> {
    let place = from.iter().position(|known| is(known))?;
    Some(from.remove(place))
}

/// Takes the value of Google's that was made of what was sent. Of several equal ones it is the one that looks most like
/// it: an update that was sent before its outcome was stored must find again the one it changed.
pub(crate) fn take_made_of<'a>(from: &mut Vec<&'a Known<'a>>, sent: &Known, desired: &Known) -> Option<&'a Known<'a>> {
    let likeness = |google: &Value| {
        [
            google.shows_the_same(desired.value),
            google.shows_the_same(sent.value),
            google.label == desired.value.label,
            google.label == sent.value.label,
        ]
    };
    let made = from.iter().enumerate().filter(|(_, google)| google.is(sent));
    // The rest of the key only sees to it that the order of values has no meaning.
    let key = |google: &Value| {
        (
            likeness(google).map(|like| !like),
            google.label.as_text().to_owned(),
            google.content.text(),
        )
    };
    let (place, _) = made.min_by_key(|(_, google)| key(google.value))?;
    Some(from.remove(place))
}

/// A value that stays, with a new label or notation: Google's follows where it still has what was sent.
fn follow(change: &mut CardChange, sent: &Value, desired: &Value, google: &Value) {
    let mut new = in_place(sent, desired, google);
    if sent.content.same_as_typed(&desired.content) || !google.content.same_as_typed(&sent.content) {
        new.content = google.content.clone();
    }
    replace(change, google, new);
}

/// The desired value in the place of Google's, with the user's label where that is another than was sent.
fn in_place(sent: &Value, desired: &Value, google: &Value) -> Value {
    let label = if google.label == sent.label {
        &desired.label
    } else {
        &google.label
    };
    Value {
        field: desired.field,
        label: label.clone(),
        content: desired.content.clone(),
    }
}

fn replace(change: &mut CardChange, google: &Value, new: Value) {
    if !new.shows_the_same(google) {
        change.replaced.push((google.clone(), new));
    }
}

/// Whether both come from one place in Dolibarr, so that one is the change of the other.
///
/// Of accounts in social networks there is one for each network: it is told by the label or by the protocol.
fn same_place(a: &Value, b: &Value) -> bool {
    let same_network = || match (&a.content, &b.content) {
        (Content::Messenger { protocol: a, .. }, Content::Messenger { protocol: b, .. }) => a == b,
        (Content::Url(_), Content::Url(_)) => a.label == b.label,
        _ => false,
    };
    a.field.is_some() && a.field == b.field && (a.field != Some(Field::SocialNetwork) || same_network())
}

/// Tells what both sides put in the place of a value, where Google has a new one there too: the field, Dolibarr's text and
/// Google's.
fn clash(before: Option<&Known>, desired: &Known, free: &[&Known], sent: &[Known]) -> Option<(Field, String, String)> {
    let before = before?;
    let new = free.iter().find(|google| {
        google.identity.kind == desired.identity.kind
            && (google.value.label == before.value.label || google.value.label == desired.value.label)
            && !sent.iter().any(|sent| sent.is(google))
    });
    Some((
        desired.value.field?,
        desired.value.content.text(),
        new?.value.content.text(),
    ))
}
