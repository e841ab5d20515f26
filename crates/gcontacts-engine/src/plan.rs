// SPDX-License-Identifier: GPL-3.0-or-later
//! What is to be done for each record, decided without touching anything.

use std::collections::HashSet;
use std::sync::Arc;

use gcontacts_core::adopt::take_off_dolimods;
use gcontacts_core::label::WantedLabel;
use gcontacts_core::merge::{CardChange, ClashRule, merge_by, release};
use gcontacts_core::{Card, Label, Marker, Record, ResourceName, SentCard, Settings};
use gcontacts_people::Person;
use gcontacts_people::mapping::card_from_person;
use gcontacts_people::person::Item;
use serde::{Serialize, Serializer};

use crate::decide::{Decision, decide};
use crate::guard::{Deletions, Object};
use crate::outcome::Action;
use crate::{Error, ascii_json, dolimods, send};

/// A record to plan for.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// It could be read.
    Record(Box<Record>),
    /// It could not.
    Damaged {
        /// Element type of the object.
        element_type: String,
        /// Its id.
        id: u64,
        /// Which field is wrong, and how.
        message: String,
    },
}

/// What is intended for one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Intent {
    /// Element type of the object.
    #[serde(rename = "type")]
    pub element_type: String,
    /// Its id.
    pub id: u64,
    /// What is intended.
    pub action: Action,
    /// The nonce of a create, to be committed before the plan is sent.
    pub nonce: String,
    /// What is kept as sent until the outcome is known, as ASCII JSON of [`SentCard`]: should the answer be lost, the next
    /// plan starts from it. Empty where nothing was ever sent and no card is made.
    #[serde(serialize_with = "text")]
    pub sent: Arc<str>,
    /// Why there is no card, or none any more.
    pub reason: String,
    /// Which field is wrong, and how.
    pub message: String,
}

/// The intents of a plan, and the plan itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// What [`crate::send()`] takes.
    pub plan: Plan,
    /// One per record, in their order.
    pub intents: Vec<Intent>,
    /// How many calls are foreseen.
    pub calls: usize,
}

/// What is to be sent. Opaque to the caller.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub(crate) settings: Settings,
    pub(crate) labels: Vec<Label>,
    pub(crate) steps: Vec<Step>,
}

/// What is to be sent for one record.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    /// The marker that the card carries afterwards; names the object too.
    pub marker: Marker,
    pub work: Work,
    /// The card of a create as the caller keeps it already, as ASCII JSON; empty elsewhere.
    pub written: Arc<str>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Work {
    Create {
        card: Card,
        labels: Vec<WantedLabel>,
    },
    Update {
        known: Known,
        card: Card,
        labels: Vec<WantedLabel>,
    },
    Delete {
        known: Known,
    },
    Release {
        known: Known,
    },
    /// Deletes a card that is ours and nobody else's, and takes ours off any other.
    CleanUp {
        known: Known,
        source_id: String,
    },
    /// Makes a card of a backup anew, unless its name leads to one.
    Restore {
        person: Person,
        labels: Vec<ResourceName>,
    },
    /// Brings a card back to what a backup says.
    Revert {
        known: Known,
        wanted: Person,
        labels: Vec<ResourceName>,
        /// Labels that it keeps if it carries them.
        keep: Vec<ResourceName>,
    },
    /// Sets what programs keep with a card.
    SetClientData {
        known: Known,
        data: Vec<Item>,
    },
}

/// What is known of a card that exists.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Known {
    pub resource_name: ResourceName,
    /// What Dolibarr wanted when both last agreed.
    pub sent: Option<SentCard>,
    /// The person as Google returned it last; read again where it is missing.
    pub person: Option<Person>,
    /// Whether it was just imported into Dolibarr: where cards do not belong in `myContacts`, it leaves that, once.
    pub just_imported: bool,
}

impl Work {
    pub(crate) const fn action(&self) -> Action {
        match self {
            Self::Create { .. } | Self::Restore { .. } => Action::Create,
            Self::Update { .. } | Self::Revert { .. } | Self::SetClientData { .. } => Action::Update,
            Self::Delete { .. } | Self::CleanUp { .. } => Action::Delete,
            Self::Release { .. } => Action::Release,
        }
    }

    /// The nonce of the marker that the card gets where it has none yet.
    fn nonce(&self, drawn: String) -> String {
        if matches!(self, Self::Create { .. }) {
            drawn
        } else {
            Marker::nonce_of_found(&drawn)
        }
    }

    /// What is to be kept as sent while it is being carried out, as ASCII JSON of [`SentCard`]; empty for nothing.
    fn under_way(&self) -> Result<String, serde_json::Error> {
        let sending = match self {
            // The form of a `SentCard` with nothing under way is the card's own: no copy of each new card is needed.
            Self::Create { card, .. } => return ascii_json(card),
            Self::Update { known, card, .. } => known.sent.as_ref().map(|sent| sent.sending(card)),
            Self::Delete { known } => known.sent.as_ref().map(|sent| sent.sending(&sent.card)),
            Self::Release { known } => known
                .sent
                .as_ref()
                .map(|sent| sent.sending(&release(&sent.card, &sent.card).apply(&sent.card))),
            Self::CleanUp { .. } | Self::Restore { .. } | Self::Revert { .. } | Self::SetClientData { .. } => None,
        };
        sending.as_ref().map_or_else(|| Ok(String::new()), ascii_json)
    }

    /// Whether a card is changed in place.
    pub(crate) const fn changes_a_card(&self) -> bool {
        matches!(
            self,
            Self::Update { .. } | Self::Release { .. } | Self::Revert { .. } | Self::SetClientData { .. }
        )
    }

    pub(crate) fn known(&self) -> Option<&Known> {
        match self {
            Self::Create { .. } | Self::Restore { .. } => None,
            Self::Update { known, .. }
            | Self::Delete { known }
            | Self::Release { known }
            | Self::CleanUp { known, .. }
            | Self::Revert { known, .. }
            | Self::SetClientData { known, .. } => Some(known),
        }
    }
}

impl Known {
    /// A card of which only the name is known: it is read before anything is done to it.
    pub(crate) const fn named(resource_name: ResourceName) -> Self {
        Self {
            resource_name,
            sent: None,
            person: None,
            just_imported: false,
        }
    }

    /// What a merge with `google` starts from; nothing the first time.
    pub(crate) fn base(&self, rule: ClashRule, google: &Card) -> Option<&Card> {
        self.sent.as_ref().map(|sent| sent.base(rule, google))
    }

    /// What must change on `person`, so that it says what `card` says.
    pub(crate) fn change(&self, card: &Card, person: &Person, settings: &Settings) -> CardChange {
        let (rule, google) = (settings.clash, card_from_person(person, &settings.country));
        let mut change = merge_by(rule, self.base(rule, &google), card, &google);
        if settings.clean_dolimods {
            take_off_dolimods(&mut change, card, &google, dolimods::is_marked(person));
        }
        change
    }
}

impl Plan {
    pub(crate) const fn of(settings: Settings, labels: Vec<Label>, steps: Vec<Step>) -> Self {
        Self {
            settings,
            labels,
            steps,
        }
    }

    /// The same plan, carried out with the labels that are known by now.
    #[must_use]
    pub fn knowing(self, labels: Vec<Label>) -> Self {
        Self { labels, ..self }
    }
}

/// Decides what each record needs. Pure: `nonces` gives the next nonce. Where more cards would go than `deletions` lets
/// go unasked, those wait, with the reason `deletions_held`.
///
/// # Errors
/// Where the settings cannot make a marker.
pub fn plan(
    settings: Settings,
    labels: Vec<Label>,
    entries: Vec<Entry>,
    deletions: &Deletions,
    nonces: &mut dyn FnMut() -> String,
) -> Result<Planned, Error> {
    Marker::new(&settings.instance, "contact", 0, "0")?;
    let mut seen = Seen::default();
    let mut decisions: Vec<_> = entries
        .into_iter()
        .map(|entry| entry.decide(&mut seen, &settings, &labels))
        .collect();
    deletions.hold_back(&mut decisions);
    let mut intents = Vec::with_capacity(decisions.len());
    let mut steps = Vec::new();
    for (object, decision) in decisions {
        intents.push(decision.into_intent(object, &settings.instance, nonces, &mut steps)?);
    }
    let plan = Plan::of(settings, labels, steps);
    let calls = send::foreseen_calls(&plan);
    Ok(Planned { plan, intents, calls })
}

impl Entry {
    fn decide(self, seen: &mut Seen, settings: &Settings, labels: &[Label]) -> (Object, Decision) {
        let (element_type, id, decision) = match self {
            Self::Damaged {
                element_type,
                id,
                message,
            } => (element_type, id, Decision::Refused(message)),
            Self::Record(record) => {
                let decision = match seen.twice(&record) {
                    Some(message) => Decision::Refused(message.to_owned()),
                    None => decide(&record, settings, labels),
                };
                (record.element_type, record.id, decision)
            }
        };
        (Object { element_type, id }, decision)
    }
}

/// What was planned for already: one object has one card, and one card one object.
#[derive(Default)]
struct Seen {
    objects: HashSet<(String, u64)>,
    cards: HashSet<ResourceName>,
}

impl Seen {
    fn twice(&mut self, record: &Record) -> Option<&'static str> {
        if !self.objects.insert((record.element_type.clone(), record.id)) {
            return Some("the object is among the records twice");
        }
        let card = record.link.as_ref().and_then(|link| link.resource_name.clone());
        if card.is_some_and(|card| !self.cards.insert(card)) {
            return Some("link.resource_name: another record is linked to the same card");
        }
        None
    }
}

impl Decision {
    fn into_intent(
        self,
        Object { element_type, id }: Object,
        instance: &str,
        nonces: &mut dyn FnMut() -> String,
        steps: &mut Vec<Step>,
    ) -> Result<Intent, Error> {
        let mut intent = Intent {
            element_type,
            id,
            action: Action::None,
            nonce: String::new(),
            sent: Arc::default(),
            reason: String::new(),
            message: String::new(),
        };
        match self {
            Self::Nothing => {}
            Self::LeftOut(why) => (intent.action, intent.reason) = (Action::LeftOut, why.code().to_owned()),
            Self::Wait => (intent.action, intent.reason) = (Action::Wait, "create_unresolved".to_owned()),
            Self::Held => (intent.action, intent.reason) = (Action::Wait, "deletions_held".to_owned()),
            Self::Refused(message) => intent.refuse(message),
            Self::Work { work, why } => match Marker::new(instance, &intent.element_type, id, &work.nonce(nonces())) {
                Ok(marker) => {
                    intent.action = work.action();
                    intent.reason = why.map_or_else(String::new, |why| why.code().to_owned());
                    if intent.action == Action::Create {
                        intent.nonce.clone_from(&marker.nonce);
                    }
                    intent.sent = work.under_way()?.into();
                    let written = if intent.action == Action::Create {
                        Arc::clone(&intent.sent)
                    } else {
                        Arc::default()
                    };
                    steps.push(Step {
                        marker,
                        work: *work,
                        written,
                    });
                }
                Err(error) => intent.refuse(format!("type: {error}")),
            },
        }
        Ok(intent)
    }
}

fn text<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

impl Intent {
    fn refuse(&mut self, message: String) {
        (self.action, self.reason, self.message) = (Action::Refused, "invalid_data".to_owned(), message);
    }
}
