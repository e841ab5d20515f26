// SPDX-License-Identifier: GPL-3.0-or-later
//! Which of a card's many values go into Dolibarr's few fields.

use serde::{Deserialize, Serialize};

use crate::card::{Card, Content, Value, ValueLabel};

/// The fields of which Dolibarr has one each, where a card can have many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fields {
    /// E-mail.
    pub email: String,
    /// Professional phone.
    pub phone_pro: String,
    /// Personal phone.
    pub phone_perso: String,
    /// Mobile phone.
    pub phone_mobile: String,
    /// Fax.
    pub fax: String,
    /// What found no room, a line each, with its label.
    pub more: Vec<String>,
}

impl Fields {
    /// Fills the fields: by their labels first, then what has no label of Dolibarr's into what is left empty.
    #[must_use]
    pub fn of(card: &Card) -> Self {
        let mut fields = Self::default();
        let phones: Vec<&Value> = phones(card).collect();
        let mut placed = vec![false; phones.len()];
        for (value, placed) in phones.iter().zip(&mut placed) {
            *placed = fields.by_label(value).is_some_and(|field| fill(field, value));
        }
        for (value, placed) in phones.iter().zip(&mut placed) {
            *placed = *placed || (!is_fax(&value.label) && fields.free().is_some_and(|field| fill(field, value)));
        }
        let rest = phones.iter().zip(placed).filter(|(_, placed)| !placed);
        fields.more = rest.map(|(value, _)| line(value)).collect();
        fields.take_others(card);
        fields
    }

    fn by_label(&mut self, value: &Value) -> Option<&mut String> {
        match &value.label {
            ValueLabel::Mobile => Some(&mut self.phone_mobile),
            ValueLabel::Work => Some(&mut self.phone_pro),
            ValueLabel::Home => Some(&mut self.phone_perso),
            label if is_fax(label) => Some(&mut self.fax),
            ValueLabel::Other(text) if text == "workMobile" => Some(&mut self.phone_mobile),
            _ => None,
        }
    }

    fn free(&mut self) -> Option<&mut String> {
        [&mut self.phone_mobile, &mut self.phone_pro, &mut self.phone_perso]
            .into_iter()
            .find(|field| field.is_empty())
    }

    fn take_others(&mut self, card: &Card) {
        let (mut addresses, mut urls, mut companies) = (0, 0, 0);
        for value in &card.values {
            let count = match &value.content {
                Content::Email(email) if self.email.is_empty() => {
                    self.email.clone_from(email);
                    continue;
                }
                Content::Email(_) => &mut 1,
                Content::Address(_) => &mut addresses,
                Content::Url(_) => &mut urls,
                Content::Organization { .. } => &mut companies,
                Content::Phone { .. } | Content::Messenger { .. } => continue,
            };
            if *count > 0 {
                self.more.push(line(value));
            }
            *count += 1;
        }
        if let Some(date) = card.birthday.filter(|date| date.year == 0) {
            self.more.push(format!("{:02}/{:02}", date.day, date.month));
        }
    }
}

fn phones(card: &Card) -> impl Iterator<Item = &Value> {
    card.values
        .iter()
        .filter(|value| matches!(value.content, Content::Phone { .. }))
}

fn is_fax(label: &ValueLabel) -> bool {
    match label {
        ValueLabel::WorkFax => true,
        ValueLabel::Other(text) => text.to_lowercase().ends_with("fax"),
        _ => false,
    }
}

fn fill(field: &mut String, value: &Value) -> bool {
    let is_free = field.is_empty();
    if is_free {
        *field = value.content.text();
    }
    is_free
}

fn line(value: &Value) -> String {
    match value.label.as_text() {
        "" => value.content.text(),
        label => format!("{label}: {}", value.content.text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(label: &str, number: &str) -> Value {
        Value::found(ValueLabel::from_text(label), Content::phone(number, "FR").unwrap())
    }

    fn fields(values: Vec<Value>) -> Fields {
        Fields::of(&Card {
            values,
            ..Card::default()
        })
    }

    #[test]
    fn labels_come_first() {
        let fields = fields(vec![
            phone("main", "1"),
            phone("mobile", "2"),
            phone("work", "3"),
            phone("homeFax", "4"),
        ]);
        let texts = [
            &fields.phone_mobile,
            &fields.phone_pro,
            &fields.phone_perso,
            &fields.fax,
        ];
        assert_eq!(texts, ["2", "3", "1", "4"]);
        assert!(fields.more.is_empty());
    }

    #[test]
    fn what_finds_no_room_is_told() {
        let mut values: Vec<Value> = (1..=20).map(|number| phone("Chalet", &number.to_string())).collect();
        values.push(phone("workFax", "21"));
        values.push(phone("homeFax", "22"));
        let fields = fields(values);
        assert_eq!((fields.phone_mobile.as_str(), fields.fax.as_str()), ("1", "21"));
        assert_eq!(fields.more.len(), 18);
        assert_eq!(fields.more.first().map(String::as_str), Some("Chalet: 4"));
    }

    #[test]
    fn a_second_of_what_dolibarr_has_one_of_is_told() {
        let mail = |text| Value::found(ValueLabel::Home, Content::email(text).unwrap());
        let site = |text| Value::found(ValueLabel::None, Content::url(text).unwrap());
        let fields = fields(vec![
            mail("a@b.example"),
            site("x.example"),
            mail("c@d.example"),
            site("y.example"),
        ]);
        assert_eq!(fields.email, "a@b.example");
        assert_eq!(fields.more, ["home: c@d.example", "y.example"]);
    }
}
