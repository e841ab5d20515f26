// SPDX-License-Identifier: GPL-3.0-or-later
//! The fields that the address book shows, and how each is typed in.

use serde_json::{Map, Value, json};

use crate::book::Item;

/// A field on a card.
#[derive(Debug)]
pub struct CardField {
    /// Name in JSON.
    pub field: &'static str,
    /// Short word, `data-kind` of its values.
    pub kind: &'static str,
    /// What a person calls it.
    pub title: &'static str,
    /// Path of a 24 by 24 icon.
    pub icon: &'static str,
    /// Members that a form offers.
    pub inputs: &'static [Input],
}

/// An input of a form.
#[derive(Debug)]
pub struct Input {
    /// Member in JSON.
    pub member: &'static str,
    /// What a person calls it.
    pub title: &'static str,
    /// One line, several, or a date.
    pub form: Form,
}

/// Shapes of inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One line.
    Line,
    /// Several lines.
    Lines,
    /// A date as `1990-12-31` or `12-31`.
    Date,
}

const fn line(member: &'static str, title: &'static str) -> Input {
    Input {
        member,
        title,
        form: Form::Line,
    }
}
const VALUE: Input = line("value", "Value");
const KIND: Input = line("type", "Label");

/// The parts of a name.
pub const NAME: CardField = CardField {
    field: "names",
    kind: "name",
    title: "Name",
    icon: "",
    inputs: &[
        line("honorificPrefix", "Title"),
        line("givenName", "First name"),
        line("familyName", "Last name"),
    ],
};

/// Where somebody works.
pub const ORGANIZATION: CardField = CardField {
    field: "organizations",
    kind: "organization",
    title: "Company",
    icon: "",
    inputs: &[line("title", "Job"), line("name", "Company")],
};

/// The fields below name and organization, in the order of a card.
pub const FIELDS: [CardField; 11] = [
    CardField {
        field: "phoneNumbers",
        kind: "phone",
        title: "Phone",
        icon: "M6 3h4l2 5-2.5 1.5a11 11 0 0 0 5 5L16 12l5 2v4a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z",
        inputs: &[line("value", "Phone"), KIND],
    },
    CardField {
        field: "emailAddresses",
        kind: "email",
        title: "E-mail",
        icon: "M3 6h18v12H3zM3 7l9 7 9-7",
        inputs: &[line("value", "E-mail"), KIND],
    },
    CardField {
        field: "addresses",
        kind: "address",
        title: "Address",
        icon: "M12 21s7-6.5 7-12a7 7 0 0 0-14 0c0 5.5 7 12 7 12zM12 11.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
        inputs: &[
            Input {
                member: "streetAddress",
                title: "Street",
                form: Form::Lines,
            },
            line("postalCode", "Postal code"),
            line("city", "City"),
            line("region", "Region"),
            line("country", "Country"),
            KIND,
        ],
    },
    CardField {
        field: "urls",
        kind: "url",
        title: "Web site",
        icon: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
        inputs: &[line("value", "Address"), KIND],
    },
    CardField {
        field: "imClients",
        kind: "im",
        title: "Chat",
        icon: "M4 5h16v11H10l-4 4v-4H4z",
        inputs: &[line("username", "Name"), line("protocol", "Network")],
    },
    CardField {
        field: "birthdays",
        kind: "birthday",
        title: "Birthday",
        icon: "M4 21V12h16v9zM4 16c3 2 5-2 8 0s5-2 8 0M12 12V8M12 5v.5",
        inputs: &[Input {
            member: "date",
            title: "Date",
            form: Form::Date,
        }],
    },
    CardField {
        field: "events",
        kind: "event",
        title: "Date",
        icon: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
        inputs: &[
            Input {
                member: "date",
                title: "Date",
                form: Form::Date,
            },
            KIND,
        ],
    },
    CardField {
        field: "nicknames",
        kind: "nickname",
        title: "Nickname",
        icon: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21a8 8 0 0 1 16 0",
        inputs: &[VALUE],
    },
    CardField {
        field: "relations",
        kind: "relation",
        title: "Relation",
        icon: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 20a6 6 0 0 1 12 0M16 5a3 3 0 0 1 0 6M17 14a6 6 0 0 1 4 6",
        inputs: &[line("person", "Person"), KIND],
    },
    CardField {
        field: "userDefined",
        kind: "custom",
        title: "Custom field",
        icon: "M4 12V4h8l8 8-8 8zM8 8v.5",
        inputs: &[line("key", "Field"), VALUE],
    },
    CardField {
        field: "biographies",
        kind: "note",
        title: "Note",
        icon: "M5 4h14v16H5zM9 9h6M9 13h6",
        inputs: &[Input {
            member: "value",
            title: "Note",
            form: Form::Lines,
        }],
    },
];

/// The field of a kind.
#[must_use]
pub fn of_kind(kind: &str) -> Option<&'static CardField> {
    [&NAME, &ORGANIZATION]
        .into_iter()
        .chain(&FIELDS)
        .find(|field| field.kind == kind)
}

/// What a form shows of a member.
#[must_use]
pub fn typed(item: &Item, input: &Input) -> String {
    match item.get(input.member) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Object(date)) => typed_date(date),
        _ => String::new(),
    }
}

fn typed_date(date: &Map<String, Value>) -> String {
    let part = |name: &str| date.get(name).and_then(Value::as_i64).filter(|part| *part > 0);
    let year = part("year").map(|year| format!("{year:04}"));
    let rest = [part("month"), part("day")]
        .into_iter()
        .flatten()
        .map(|part| format!("{part:02}"));
    year.into_iter().chain(rest).collect::<Vec<_>>().join("-")
}

/// The member that was typed; nothing where the input was left empty.
#[must_use]
pub fn read(input: &Input, typed: &str) -> Option<Value> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    if input.form != Form::Date {
        return Some(json!(typed));
    }
    let parts = typed
        .split('-')
        .filter_map(|part| part.parse::<i32>().ok())
        .collect::<Vec<_>>();
    match parts.as_slice() {
        [year, month, day] => Some(json!({"year": year, "month": month, "day": day})),
        [month, day] if *month <= 12 => Some(json!({"month": month, "day": day})),
        [year, month] => Some(json!({"year": year, "month": month})),
        [year] => Some(json!({"year": year})),
        // Not a date: the book will say so.
        _ => Some(json!({})),
    }
}
