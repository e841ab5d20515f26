// SPDX-License-Identifier: GPL-3.0-or-later
//! What stands on the card of a contact.

use std::cell::OnceCell;

use crate::card::{Card, Content, Field, Name, PartialDate, Value, ValueLabel};
use crate::contact::SocialNetwork;
use crate::html::note_text;
use crate::identity::Identity;
use crate::text::tidy_line;
use crate::{Company, Contact, Error, Settings};

/// The label of the link back to the contact's page.
const PAGE_LABEL: &str = "Dolibarr";

/// Networks that are messengers: a handle is something to write to, not a page to look at.
///
/// The first nine are those that Google knows by name (People API, ImClient.protocol), spelt as Google does.
const MESSENGERS: [&str; 22] = [
    "aim",
    "msn",
    "yahoo",
    "skype",
    "qq",
    "googleTalk",
    "icq",
    "jabber",
    "netMeeting",
    "xmpp",
    "whatsapp",
    "telegram",
    "signal",
    "viber",
    "threema",
    "wechat",
    "line",
    "discord",
    "matrix",
    "slack",
    "teams",
    "wire",
];

/// How many of [`MESSENGERS`] Google knows by name.
const GOOGLE_MESSENGERS: usize = 9;

/// Makes the card of a contact.
pub(super) fn card(contact: &Contact, company: Option<&Company>, settings: &Settings) -> Result<Card, Error> {
    let mut values = Values::default();
    all_values(&mut values, contact, company, settings);
    Ok(Card {
        name: name(contact, company, settings),
        birthday: PartialDate::parse(&contact.birthday, "contact.birthday")?,
        note: if settings.notes {
            note_text(&contact.note_public)
        } else {
            String::new()
        },
        values: values.finish(),
        ..Card::default()
    })
}

/// The name. The third party's goes behind it, into a part of its own: so it never comes back as part of the last name.
fn name(contact: &Contact, company: Option<&Company>, settings: &Settings) -> Name {
    let name = Name {
        prefix: tidy_line(&contact.civility),
        given: tidy_line(&contact.firstname),
        family: tidy_line(&contact.lastname),
        suffix: String::new(),
    };
    // A nameless contact is shown by its company anyway.
    let shown = company.filter(|_| settings.company_in_name && !(name.given.is_empty() && name.family.is_empty()));
    Name {
        suffix: shown.map_or_else(String::new, |company| tidy_line(&company.name)),
        ..name
    }
}

/// Whether a card has nothing that a phone could show: the link to Dolibarr alone is nothing.
pub(super) fn is_empty(card: &Card) -> bool {
    card.name.is_empty() && card.values.iter().all(|value| value.field == Some(Field::Page))
}

/// Every value that a contact has on its card or would have if it were not there already, field by field.
pub(crate) fn stated(contact: &Contact, company: Option<&Company>, settings: &Settings) -> Vec<Value> {
    let mut stated = Stated::default();
    all_values(&mut stated, contact, company, settings);
    stated.0
}

fn all_values(values: &mut impl Collect, contact: &Contact, company: Option<&Company>, settings: &Settings) {
    own_values(values, contact, company, settings);
    if let Some(company) = company {
        company_values(values, company, settings);
    }
    values.add(
        Field::Page,
        ValueLabel::from_text(PAGE_LABEL),
        Content::url(&contact.page_url),
    );
}

fn own_values(values: &mut impl Collect, contact: &Contact, company: Option<&Company>, settings: &Settings) {
    use ValueLabel::{Home, Mobile, Work, WorkFax};
    let company_name = company.map_or("", |company| company.name.as_str());
    let country = first_known([
        contact.address.country_code.as_str(),
        company.map_or("", |company| company.address.country_code.as_str()),
        settings.country.as_str(),
    ]);
    values.add(
        Field::Organization,
        Work,
        Content::organization(company_name, &contact.job_title),
    );
    values.add(Field::Email, Work, Content::email(&contact.email));
    values.add(Field::PhonePro, Work, Content::phone(&contact.phone_pro, country));
    values.add(Field::PhonePerso, Home, Content::phone(&contact.phone_perso, country));
    values.add(
        Field::PhoneMobile,
        Mobile,
        Content::phone(&contact.phone_mobile, country),
    );
    values.add(Field::Fax, WorkFax, Content::phone(&contact.fax, country));
    values.add(Field::Address, Work, Content::address(&contact.address));
    values.add(Field::Url, Work, Content::url(&contact.url));
    for network in &contact.social_networks {
        let (label, content) = social_network(network);
        values.add(Field::SocialNetwork, label, content);
    }
}

/// The third party's values, with its name as their label.
fn company_values(values: &mut impl Collect, company: &Company, settings: &Settings) {
    let country = first_known([company.address.country_code.as_str(), settings.country.as_str()]);
    // A third party without a name labels its values as a place of work.
    let label = |nameless: ValueLabel| match ValueLabel::from_text(&company.name) {
        ValueLabel::None => nameless,
        name => name,
    };
    values.add(
        Field::CompanyEmail,
        label(ValueLabel::Work),
        Content::email(&company.email),
    );
    values.add(
        Field::CompanyPhone,
        label(ValueLabel::Work),
        Content::phone(&company.phone, country),
    );
    values.add(
        Field::CompanyFax,
        label(ValueLabel::WorkFax),
        Content::phone(&company.fax, country),
    );
    values.add(
        Field::CompanyAddress,
        label(ValueLabel::Work),
        Content::address(&company.address),
    );
    values.add(Field::CompanyUrl, label(ValueLabel::Work), Content::url(&company.url));
}

fn first_known<const N: usize>(countries: [&str; N]) -> &str {
    countries
        .into_iter()
        .map(str::trim)
        .find(|country| !country.is_empty())
        .unwrap_or_default()
}

/// An account in a social network: a messenger's account, or a page with the network's name as its label.
fn social_network(account: &SocialNetwork) -> (ValueLabel, Option<Content>) {
    let handle = tidy_line(&account.handle);
    let name = first_known([account.name.as_str(), account.network.as_str()]);
    if handle.is_empty() {
        return (ValueLabel::None, None);
    }
    if handle.starts_with("https://") || handle.starts_with("http://") {
        return (ValueLabel::from_text(name), Content::url(&handle));
    }
    let network = tidy_line(&account.network);
    let messenger = MESSENGERS
        .iter()
        .position(|messenger| messenger.eq_ignore_ascii_case(&network));
    if messenger.is_none() && !account.url.trim().is_empty() {
        return (ValueLabel::from_text(name), Content::url(&account.url));
    }
    let googles = messenger
        .filter(|&place| place < GOOGLE_MESSENGERS)
        .and_then(|place| MESSENGERS.get(place));
    (
        ValueLabel::Work,
        Content::messenger(googles.copied().unwrap_or(name), &handle),
    )
}

/// What takes the values of a contact in.
trait Collect {
    fn add(&mut self, field: Field, label: ValueLabel, content: Option<Content>);
}

/// All values, as the fields state them.
#[derive(Default)]
struct Stated(Vec<Value>);

impl Collect for Stated {
    fn add(&mut self, field: Field, label: ValueLabel, content: Option<Content>) {
        self.0.extend(content.map(|content| Value::of(field, label, content)));
    }
}

/// The values of a card under construction: each stands there once, where it came first.
#[derive(Default)]
struct Values(Vec<Candidate>);

/// A value with its identity, which is found out only where there is another value of its kind.
struct Candidate {
    identity: OnceCell<Identity>,
    value: Value,
}

impl Candidate {
    fn identity(&self) -> &Identity {
        self.identity.get_or_init(|| self.value.identity())
    }
}

impl Collect for Values {
    fn add(&mut self, field: Field, label: ValueLabel, content: Option<Content>) {
        let Some(content) = content else { return };
        let new = Candidate {
            identity: OnceCell::new(),
            value: Value::of(field, label, content),
        };
        let kind = new.value.content.kind();
        let mut of_kind = self.0.iter().filter(|known| known.value.content.kind() == kind);
        if !of_kind.any(|known| known.identity().is(new.identity())) {
            self.0.push(new);
        }
    }
}

impl Values {
    /// The values, without addresses that name but the country of another: a new contact's country is filled in by
    /// Dolibarr, and would stand beside the third party's full address.
    fn finish(self) -> Vec<Value> {
        let mut values: Vec<Value> = self.0.into_iter().map(|known| known.value).collect();
        let address = |value: &Value| match &value.content {
            Content::Address(address) => Some((address.names_no_place(), address.country_identity())),
            _ => None,
        };
        let addresses: Vec<(bool, String)> = values.iter().filter_map(address).collect();
        let places: Vec<&String> = addresses
            .iter()
            .filter(|(bare, _)| !bare)
            .map(|(_, country)| country)
            .collect();
        if places.len() < addresses.len() {
            values.retain(|value| address(value).is_none_or(|(bare, country)| !bare || !places.contains(&&country)));
        }
        values
    }
}
