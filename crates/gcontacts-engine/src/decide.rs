// SPDX-License-Identifier: GPL-3.0-or-later
//! What one record needs: Dolibarr's wish against what is known of its card.

use gcontacts_core::desired::{Desired, LeftOut, desired};
use gcontacts_core::label::WantedLabel;
use gcontacts_core::record::{Link, Origin};
use gcontacts_core::{Card, Label, Marker, Record, ResourceName, Settings};
use gcontacts_people::Person;

use crate::plan::{Known, Work};
use crate::send::membership;

/// What a record needs.
pub(crate) enum Decision {
    /// Nothing: Google has it all.
    Nothing,
    /// Nothing is at Google, and nothing should be.
    LeftOut(LeftOut),
    /// An earlier create must be resolved first.
    Wait,
    /// Its card would go, with too many others for nobody to be asked.
    Held,
    /// The record cannot be used; says which field is wrong.
    Refused(String),
    /// Something is to be sent; a card that goes says why.
    Work { work: Box<Work>, why: Option<LeftOut> },
}

/// Decides what `record` needs, `labels` being the labels that are known at Google.
pub(crate) fn decide(record: &Record, settings: &Settings, labels: &[Label]) -> Decision {
    let link = record.link.as_ref();
    if link.is_some_and(|link| link.removed) && matches!(desired(record, settings), Ok(Desired::Card { .. })) {
        return Decision::LeftOut(LeftOut::RemovedAtGoogle);
    }
    let linked = link.and_then(|link| Some((link, link.resource_name.clone()?)));
    let Some((link, resource_name)) = linked else {
        if link.is_some_and(|link| !link.nonce.is_empty()) {
            // Also for a contact that should have no card any more: the card may be there.
            return Decision::Wait;
        }
        return match desired(record, settings) {
            Ok(Desired::Card { card, labels }) => Decision::Work {
                work: Box::new(Work::Create { card, labels }),
                why: None,
            },
            Ok(Desired::Nothing(why)) => Decision::LeftOut(why),
            Err(error) => Decision::Refused(error.to_string()),
        };
    };
    let known = match known(link, resource_name) {
        Ok(known) => known,
        Err(error) => return Decision::Refused(format!("link.sent: {error}")),
    };
    match desired(record, settings) {
        Ok(Desired::Nothing(why)) if may_delete(link.origin, why) => Decision::Work {
            work: Box::new(Work::Delete { known }),
            why: Some(why),
        },
        Ok(Desired::Nothing(why)) => Decision::Work {
            work: Box::new(Work::Release { known }),
            why: Some(why),
        },
        Ok(Desired::Card { card, labels: wanted }) => {
            if is_settled(record, &known, &card, &wanted, settings, labels) {
                Decision::Nothing
            } else {
                Decision::Work {
                    work: Box::new(Work::Update {
                        known,
                        card,
                        labels: wanted,
                    }),
                    why: None,
                }
            }
        }
        Err(error) => Decision::Refused(error.to_string()),
    }
}

/// A card that was at Google before is deleted only with its contact.
fn may_delete(origin: Origin, why: LeftOut) -> bool {
    origin == Origin::Created || why == LeftOut::Deleted
}

/// A damaged snapshot of what was sent cannot be done without: what Dolibarr dropped since would stay for ever. A
/// damaged person can: it is read again.
fn known(link: &Link, resource_name: ResourceName) -> Result<Known, serde_json::Error> {
    let sent = link.sent_card()?;
    // What was under way may have changed the card since.
    let is_sure = sent.as_ref().is_none_or(|sent| sent.under_way.is_empty());
    let person = link.person.as_deref().filter(|_| is_sure);
    Ok(Known {
        resource_name,
        just_imported: link.origin == Origin::Imported && sent.is_none(),
        sent,
        person: person.and_then(|json| serde_json::from_str::<Person>(json).ok()),
    })
}

fn is_settled(
    record: &Record,
    known: &Known,
    card: &Card,
    wanted: &[WantedLabel],
    settings: &Settings,
    labels: &[Label],
) -> bool {
    let Some(person) = &known.person else { return false };
    let ours = |marker: &Marker| {
        marker.instance == settings.instance && marker.element_type == record.element_type && marker.id == record.id
    };
    // A card that agrees but was never sent still needs its row: the next merge starts from what was sent.
    known.sent.as_ref().is_some_and(|sent| says_the_same(&sent.card, card))
        && person.markers().iter().any(ours)
        && known.change(card, person, settings).is_empty()
        && labels_fit(person, wanted, settings, labels)
}

/// What was found at Google at the first time is remembered with what was sent, and no part of the wish.
fn says_the_same(sent: &Card, card: &Card) -> bool {
    (&sent.name, sent.birthday, &sent.note, &sent.values) == (&card.name, card.birthday, &card.note, &card.values)
}

fn labels_fit(person: &Person, wanted: &[WantedLabel], settings: &Settings, labels: &[Label]) -> bool {
    membership::are_made(wanted, labels) && membership::Difference::between(person, wanted, settings, labels).is_empty()
}
