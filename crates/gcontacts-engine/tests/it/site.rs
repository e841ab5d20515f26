// SPDX-License-Identifier: GPL-3.0-or-later
//! A Dolibarr as the engine sees it: contacts, links and labels that are kept between two drains, as PHP keeps them.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use gcontacts_core::contact::Contact;
use gcontacts_core::record::{Link, Origin};
use gcontacts_core::{Company, Label, Record, ResourceName, Settings};
use gcontacts_engine::{
    Account, Action, Clock, Deletions, Entry, Intent, Outcome, Planned, Resolved, Sent, SystemClock, Verdict, plan,
    resolve, send,
};
use gcontacts_people::oauth::AccessToken;
use gcontacts_people::{AddressBook, Client, ClientOptions, Deadline, Endpoints, GoogleAddressBook};
use people_emulator::{Config, Server};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

pub const USER: &str = "phone@example.com";

/// A Dolibarr with its Google account.
pub struct Site {
    pub google: Rc<Server>,
    pub settings: Settings,
    pub contacts: BTreeMap<u64, (Option<Contact>, Option<Company>)>,
    pub links: BTreeMap<u64, Link>,
    pub labels: Vec<Label>,
    /// What the site tells of cards that go.
    pub deletions: Deletions,
    /// What the account has shown.
    pub account: Account,
    pub token: String,
    /// Its connections live as long as the site, as those of a PHP process do.
    pub client: Client,
    nonces: u64,
    /// One, so that connections live as long as the site; the server blocks while it starts, and cannot do so in a
    /// test's own.
    runtime: Rc<Runtime>,
}

/// What a drain did.
pub struct Drained {
    pub intents: Vec<Intent>,
    pub foreseen: usize,
    pub sent: Sent,
}

impl Drained {
    pub fn row(&self, id: u64) -> &Outcome {
        self.sent
            .outcomes
            .iter()
            .find(|row| row.id == id)
            .unwrap_or_else(|| panic!("no row of {id}"))
    }

    pub fn intent(&self, id: u64) -> &Intent {
        self.intents.iter().find(|intent| intent.id == id).unwrap()
    }

    pub fn results(&self) -> Vec<(u64, Verdict)> {
        self.sent.outcomes.iter().map(|row| (row.id, row.result)).collect()
    }

    /// All is done.
    pub fn is_sent(&self) -> &Self {
        for row in &self.sent.outcomes {
            assert_eq!(row.result, Verdict::Done, "{row:?}");
        }
        self
    }

    /// All is done, and in as many calls as were foreseen.
    pub fn is_done(&self) -> &Self {
        for row in &self.sent.outcomes {
            assert_eq!(row.result, Verdict::Done, "{row:?}");
        }
        assert_eq!(self.sent.stopped, None);
        assert_eq!(self.sent.calls as usize, self.foreseen, "calls made and foreseen");
        self
    }
}

/// A contact of the site, active and shared.
pub fn contact(lastname: &str) -> Contact {
    Contact {
        firstname: "Ann".to_owned(),
        lastname: lastname.to_owned(),
        job_title: "Buyer".to_owned(),
        email: format!("{}@example.com", lastname.to_lowercase()),
        phone_pro: "01 23 45 67 89".to_owned(),
        active: true,
        own_entity: true,
        page_url: format!("https://dolibarr.example/contact/{lastname}"),
        ..Contact::default()
    }
}

impl Site {
    pub fn new() -> Self {
        Self::with(Config::of_environment().unwrap())
    }

    pub fn with(config: Config) -> Self {
        Self::at(Rc::new(Server::start(config)), "0a1b")
    }

    /// With one setting of the emulator, which the test is about.
    pub fn set(change: &Value) -> Self {
        Self::with(Config::of_environment().unwrap().changed(change).unwrap())
    }

    /// Another Dolibarr that writes to the same account.
    pub fn beside(&self, instance: &str) -> Self {
        Self::at(Rc::clone(&self.google), instance)
    }

    fn at(google: Rc<Server>, instance: &str) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let endpoints = Endpoints::new(&google.url(), &google.url()).unwrap();
        let client = Client::new(&ClientOptions { endpoints, proxy: None }).unwrap();
        let token = google.token(USER, &["https://www.googleapis.com/auth/contacts"]);
        let settings = Settings {
            instance: instance.to_owned(),
            container_label: "Onelog".to_owned(),
            my_contacts: true,
            representative_labels: true,
            type_labels: None,
            category_labels: false,
            company_in_name: false,
            clean_dolimods: false,
            clash: gcontacts_core::merge::ClashRule::Dolibarr,
            notes: true,
            per_contact: false,
            per_contact_default: true,
            country: "FR".to_owned(),
        };
        let (contacts, links, labels) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        Self {
            google,
            settings,
            contacts,
            links,
            labels,
            deletions: Deletions::default(),
            account: Account::default(),
            token,
            client,
            nonces: 0,
            runtime: Rc::new(runtime),
        }
    }

    /// A site with contacts 1 to `count`, all sent.
    pub fn with_cards(count: u64) -> Self {
        let mut site = Self::new();
        site.add(count);
        site.drain().is_done();
        site.google.clear_log();
        site
    }

    pub fn add(&mut self, count: u64) {
        for id in 1..=count {
            self.contacts.insert(id, (Some(contact(&format!("Name{id}"))), None));
        }
    }

    pub fn contact(&mut self, id: u64) -> &mut Contact {
        self.contacts.get_mut(&id).unwrap().0.as_mut().unwrap()
    }

    pub fn delete(&mut self, id: u64) {
        self.contacts.get_mut(&id).unwrap().0 = None;
    }

    pub fn card_name(&self, id: u64) -> String {
        self.links[&id].resource_name.clone().unwrap().0
    }

    /// Every contact, one drain, ten seconds.
    pub fn drain(&mut self) -> Drained {
        let ids: Vec<u64> = self.contacts.keys().copied().collect();
        self.drain_some(&ids, Duration::from_secs(10))
    }

    pub fn drain_some(&mut self, ids: &[u64], time: Duration) -> Drained {
        let book = self.book();
        self.drain_into(&book, &SystemClock, ids, Deadline::after(time))
    }

    /// Plans, commits the nonces, sends, and stores the outcomes. Of what PHP does beside that ([`crate::worker`]) it has
    /// nothing: every contact is looked at each time, and nothing waits.
    pub fn drain_into<B: AddressBook, C: Clock>(
        &mut self,
        book: &B,
        clock: &C,
        ids: &[u64],
        deadline: Deadline,
    ) -> Drained {
        let drained = self.send_into(book, clock, ids, deadline);
        for row in &drained.sent.outcomes {
            self.store(row);
        }
        drained
    }

    /// Plans, commits the nonces and sends; the outcomes are the caller's to store.
    pub fn send_into<B: AddressBook, C: Clock>(
        &mut self,
        book: &B,
        clock: &C,
        ids: &[u64],
        deadline: Deadline,
    ) -> Drained {
        let entries = ids.iter().map(|id| Entry::Record(Box::new(self.record(*id)))).collect();
        let (mut nonces, instance) = (self.nonces, self.settings.instance.clone());
        let mut next = || {
            nonces += 1;
            // Random in the product: no two Dolibarrs draw the same.
            format!("{instance}{nonces:012x}")
        };
        let planned = plan(
            self.settings.clone(),
            self.labels.clone(),
            entries,
            &self.deletions,
            &mut next,
        )
        .unwrap();
        self.nonces = nonces;
        let Planned {
            plan,
            intents,
            calls: foreseen,
        } = planned;
        for intent in intents.iter().filter(|intent| !intent.sent.is_empty()) {
            let link = self.links.entry(intent.id).or_insert_with(no_link);
            link.nonce.clone_from(&intent.nonce);
            link.sent = Some(intent.sent.to_string());
        }
        let sent = self.runtime.block_on(send(plan, self.account, book, clock, deadline));
        self.labels.clone_from(&sent.labels);
        Drained {
            intents,
            foreseen,
            sent,
        }
    }

    fn store(&mut self, row: &Outcome) {
        let is_create = row.action == Action::Create;
        match row.result {
            Verdict::Done if matches!(row.action, Action::Delete | Action::Release) => drop(self.links.remove(&row.id)),
            Verdict::Done => {
                let link = self.links.entry(row.id).or_insert_with(no_link);
                link.nonce.clear();
                link.resource_name = Some(ResourceName(row.resource_name.clone()));
                link.sent = Some(row.sent.clone());
                link.person = Some(row.person.clone());
            }
            Verdict::Unknown => {}
            // The card was surely not made, or is gone.
            _ if is_create || row.reason == "not_found" => drop(self.links.remove(&row.id)),
            _ => {}
        }
    }

    /// Runs a call to its end.
    pub fn wait<T>(&self, call: impl Future<Output = T>) -> T {
        self.runtime.block_on(call)
    }

    /// As the worker does once the propagation window is over.
    pub fn resolve(&mut self) -> Resolved {
        let waiting = |link: &&Link| link.resource_name.is_none() && !link.nonce.is_empty();
        let nonces: Vec<String> = self
            .links
            .values()
            .filter(waiting)
            .map(|link| link.nonce.clone())
            .collect();
        let deadline = Deadline::after(Duration::from_secs(10));
        let resolved = self.runtime.block_on(resolve(&self.book(), deadline, &nonces));
        for link in self.links.values_mut().filter(|link| nonces.contains(&link.nonce)) {
            match resolved.found.iter().find(|found| found.nonce == link.nonce) {
                Some(found) => {
                    link.resource_name = Some(ResourceName(found.resource_name.clone()));
                    link.person = Some(found.person.clone());
                    link.nonce.clear();
                }
                None if resolved.complete => link.nonce.clear(),
                None => {}
            }
        }
        resolved
    }

    pub fn record(&self, id: u64) -> Record {
        let (contact, company) = self.contacts[&id].clone();
        Record {
            element_type: "contact".to_owned(),
            id,
            contact,
            company,
            link: self.links.get(&id).cloned(),
        }
    }

    /// Another access token, for one that time has made old.
    pub fn renew_token(&mut self) {
        self.token = self.google.token(USER, &["https://www.googleapis.com/auth/contacts"]);
    }

    pub fn book(&self) -> GoogleAddressBook {
        GoogleAddressBook::new(self.client.clone(), AccessToken::new(self.token.clone()))
    }

    /// The cards at Google.
    pub fn cards(&self) -> Vec<Value> {
        self.google.state()["contacts"].as_array().cloned().unwrap_or_default()
    }

    /// The card at Google with this last name.
    pub fn card(&self, lastname: &str) -> Value {
        let cards = self.cards();
        let mut found = cards
            .iter()
            .filter(|card| card["names"][0]["familyName"] == json!(lastname));
        let card = found.next().unwrap_or_else(|| panic!("no card of {lastname}"));
        assert!(found.next().is_none(), "two cards of {lastname}");
        card.clone()
    }

    /// The names of the labels that a card carries, sorted.
    pub fn labels_of(&self, card: &Value) -> Vec<String> {
        let groups = self.google.state()["groups"].as_array().cloned().unwrap();
        let name = |item: &Value| {
            let group = &item["contactGroupMembership"]["contactGroupResourceName"];
            groups.iter().find(|known| known["resourceName"] == *group).unwrap()["name"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        let mut names: Vec<String> = card["memberships"].as_array().unwrap().iter().map(name).collect();
        names.sort();
        names
    }

    /// The edit of a phone's user.
    pub fn phone_edit(&self, id: u64, set: &Value) {
        self.google
            .phone(json!({"op": "edit", "name": self.card_name(id), "set": set}));
    }

    /// How often a method was called, whatever the answer.
    pub fn calls(&self, method: &str) -> u64 {
        let log = self.google.log();
        let counts = log["counts"][method].as_object().cloned().unwrap_or_default();
        counts.values().filter_map(Value::as_u64).sum()
    }
}

/// The texts that a member has in some items, sorted: their order has no meaning.
pub fn sorted<'c>(items: &'c Value, member: &str) -> Vec<&'c str> {
    let mut texts: Vec<&str> = items
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|item| item[member].as_str())
        .collect();
    texts.sort_unstable();
    texts
}

pub fn no_link() -> Link {
    Link {
        origin: Origin::Created,
        nonce: String::new(),
        resource_name: None,
        sent: None,
        person: None,
        removed: false,
    }
}
