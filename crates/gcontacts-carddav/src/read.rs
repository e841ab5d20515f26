// SPDX-License-Identifier: GPL-3.0-or-later
//! vCards to cards.

use calcard::vcard::{VCardKind, VCardProperty, VCardValue};
use calcard::{Entry, Parser};
use gcontacts_core::address::{PostalAddress, country_code};
use gcontacts_core::card::{Card, Content, Name, PartialDate, Value, ValueLabel};
use gcontacts_core::text::{tidy, tidy_line};

use crate::decode::decode;
use crate::property::{Property, text};

/// The year that Apple writes where a birthday has none.
const APPLE_NO_YEAR: u16 = 1604;

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Photo {
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A vCard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VCard {
    /// What names it; empty where it has no UID.
    pub uid: String,
    /// What it says.
    pub card: Card,
    /// Its picture.
    pub photo: Option<Photo>,
    /// What else it says.
    pub more: More,
}

/// What a vCard says that a [`Card`] has no place for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// Middle names.
    pub middle: String,
    /// Nicknames.
    pub nicknames: Vec<String>,
    /// Names of the labels that it carries.
    pub labels: Vec<String>,
    /// Address of its picture; empty for none. Written, and not read: nobody fetches what a file names.
    pub photo_url: String,
}

/// Reads the vCards of a file, whatever else stands in it. `country` is where numbers without an international prefix are
/// dialled. A damaged line is left out, not the card.
#[must_use]
pub fn read_vcards(bytes: &[u8], country: &str) -> Vec<VCard> {
    let text = decode(bytes);
    let mut parser = Parser::new(&text);
    let mut cards = Vec::new();
    loop {
        match parser.entry() {
            Entry::VCard(card) => cards.push(read(&card, country)),
            Entry::Eof | Entry::TooManyComponents => return cards,
            _ => {}
        }
    }
}

fn read(vcard: &calcard::vcard::VCard, country: &str) -> VCard {
    let properties = Property::all(vcard);
    let mut read = VCard::default();
    let mut reading = Reading {
        country,
        ..Reading::default()
    };
    for property in &properties {
        match property.name {
            VCardProperty::Uid => property.text().trim().clone_into(&mut read.uid),
            VCardProperty::N if read.more.middle.is_empty() => {
                read.more.middle = tidy_line(&property.part(2));
                reading.take(property);
            }
            VCardProperty::Nickname => read.more.nicknames.extend(texts(property)),
            VCardProperty::Categories => read.more.labels.extend(texts(property)),
            VCardProperty::Photo => read.photo = read.photo.take().or_else(|| photo(property)),
            _ => reading.take(property),
        }
    }
    read.card = reading.finish();
    read
}

#[derive(Default)]
struct Reading<'a> {
    country: &'a str,
    card: Card,
    full_name: String,
    is_company: bool,
    titles: Vec<String>,
}

impl Reading<'_> {
    fn take(&mut self, property: &Property<'_>) {
        match property.name {
            VCardProperty::N if self.card.name.is_empty() => {
                self.card.name = Name {
                    family: tidy_line(&property.part(0)),
                    given: tidy_line(&property.part(1)),
                    prefix: tidy_line(&property.part(3)),
                    suffix: tidy_line(&property.part(4)),
                }
            }
            VCardProperty::Fn if self.full_name.is_empty() => self.full_name = tidy_line(&property.text()),
            VCardProperty::Kind => {
                self.is_company |= matches!(property.values.first(), Some(VCardValue::Kind(VCardKind::Org)));
            }
            VCardProperty::Org => self.add(property, Content::organization(&property.part(0), "")),
            VCardProperty::Title => self.titles.push(tidy_line(&property.text())),
            VCardProperty::Tel => {
                let number = property.text();
                let number = number.strip_prefix("tel:").unwrap_or(&number);
                self.card.values.extend(
                    Content::phone(number, self.country).map(|content| Value::found(phone_label(property), content)),
                );
            }
            VCardProperty::Email => self.add(property, Content::email(&property.text())),
            VCardProperty::Url => self.add(property, Content::url(&property.text())),
            VCardProperty::Adr => self.add(property, Content::address(&address(property))),
            VCardProperty::Bday if self.card.birthday.is_none() => self.card.birthday = birthday(property),
            VCardProperty::Note if self.card.note.is_empty() => self.card.note = tidy(&property.text()),
            VCardProperty::Impp | VCardProperty::Socialprofile => self.add_messenger(property),
            VCardProperty::Other(name) => match name.to_uppercase().as_str() {
                "X-SOCIALPROFILE" => self.add_messenger(property),
                "X-ABSHOWAS" => self.is_company |= property.text().eq_ignore_ascii_case("COMPANY"),
                _ => {}
            },
            _ => {}
        }
    }

    fn add(&mut self, property: &Property<'_>, content: Option<Content>) {
        self.card
            .values
            .extend(content.map(|content| Value::found(label(property), content)));
    }

    fn add_messenger(&mut self, property: &Property<'_>) {
        let address = property.text();
        let (scheme, rest) = address.split_once(':').unwrap_or(("", &address));
        let service = property
            .parameter("SERVICE-TYPE")
            .or_else(|| property.parameter("X-SERVICE-TYPE"));
        let kind = property
            .types
            .iter()
            .find(|kind| !matches!(kind.as_str(), "home" | "work" | "pref" | "internet"));
        let is_web = matches!(scheme, "http" | "https");
        let network = service
            .or_else(|| kind.cloned())
            .unwrap_or_else(|| if is_web { String::new() } else { scheme.to_owned() });
        let user = property.parameter("X-USER").or_else(|| property.parameter("USERNAME"));
        let last = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let handle = user.unwrap_or_else(|| if is_web { last.to_owned() } else { rest.to_owned() });
        self.add(property, Content::messenger(&network.to_lowercase(), &handle));
    }

    fn finish(mut self) -> Card {
        let company = self.card.values.iter().find_map(|value| match &value.content {
            Content::Organization { name, .. } => Some(name.clone()),
            _ => None,
        });
        if self.is_company {
            // Apple writes the company's name as the person's too.
            self.card.name = Name::default();
            if company.is_none() {
                self.card.values.extend(
                    Content::organization(&self.full_name, "").map(|content| Value::found(ValueLabel::None, content)),
                );
            }
        } else if self.card.name.is_empty() && company.as_ref() != Some(&self.full_name) {
            self.card.name = split(&self.full_name);
        }
        let mut titles = std::mem::take(&mut self.titles).into_iter();
        for value in &mut self.card.values {
            if let Content::Organization { title, .. } = &mut value.content {
                *title = titles.next().unwrap_or_default();
            }
        }
        self.card.values.extend(
            titles.filter_map(|title| Some(Value::found(ValueLabel::None, Content::organization("", &title)?))),
        );
        self.card
    }
}

/// The first and last name of somebody of whom only the whole name is known.
fn split(name: &str) -> Name {
    let (given, family) = match name.split_once(", ") {
        Some((family, given)) => (given, family),
        None => name.rsplit_once(' ').unwrap_or((name, "")),
    };
    Name {
        given: given.to_owned(),
        family: family.to_owned(),
        ..Name::default()
    }
}

fn label(property: &Property<'_>) -> ValueLabel {
    if !property.label.is_empty() {
        return ValueLabel::from_text(match property.label.as_str() {
            "Work" => "work",
            "Home" => "home",
            "Mobile" => "mobile",
            "WorkFAX" => "workFax",
            "HomeFAX" => "homeFax",
            "HomePage" => "homePage",
            label => label,
        });
    }
    let known = ["work", "home"].into_iter().find(|kind| property.is(kind));
    let ignored = [
        "pref", "internet", "voice", "x400", "parcel", "postal", "dom", "intl", "",
    ];
    let other = property
        .types
        .iter()
        .map(String::as_str)
        .find(|kind| !ignored.contains(kind));
    ValueLabel::from_text(
        known
            .or(other.map(|kind| kind.trim_start_matches("x-")))
            .unwrap_or_default(),
    )
}

fn phone_label(property: &Property<'_>) -> ValueLabel {
    if !property.label.is_empty() {
        return label(property);
    }
    if property.is("fax") {
        return ValueLabel::from_text(if property.is("home") { "homeFax" } else { "workFax" });
    }
    if ["cell", "iphone", "text"].into_iter().any(|kind| property.is(kind)) {
        return ValueLabel::Mobile;
    }
    label(property)
}

fn address(property: &Property<'_>) -> PostalAddress {
    let lines: Vec<String> = [2, 1, 0]
        .into_iter()
        .map(|index| tidy(&property.part(index)))
        .filter(|line| !line.is_empty())
        .collect();
    let country = property.part(6);
    PostalAddress {
        street: lines.join("\n"),
        town: property.part(3),
        state: property.part(4),
        zip: property.part(5),
        country_code: country_code(&country).unwrap_or_default().to_owned(),
        country,
    }
}

fn birthday(property: &Property<'_>) -> Option<PartialDate> {
    let (year, month, day) = match property.values.first()? {
        VCardValue::PartialDateTime(date) => (date.year.unwrap_or(0), date.month?, date.day?),
        value => {
            let text = text(value);
            let digits: String = text.split('T').next()?.chars().filter(char::is_ascii_digit).collect();
            let (year, rest) = if text.starts_with("--") {
                ("0", digits.as_str())
            } else {
                digits.split_at_checked(4)?
            };
            let (month, day) = rest.split_at_checked(2)?;
            (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
    };
    PartialDate::new(if year == APPLE_NO_YEAR { 0 } else { year }, month, day)
}

/// The texts of a property that may hold several.
fn texts(property: &Property<'_>) -> Vec<String> {
    let texts = property.values.iter().map(|value| tidy_line(&text(value)));
    texts.filter(|text| !text.is_empty()).collect()
}

fn photo(property: &Property<'_>) -> Option<Photo> {
    match property.values.first()? {
        VCardValue::Binary(data) => Some(Photo {
            bytes: data.data.clone(),
        }),
        _ => None,
    }
}
