// SPDX-License-Identifier: GPL-3.0-or-later
//! One card of the address book, with its small forms.

use serde_json::Value;

use super::fields::{self, CardField, FIELDS, Form, NAME, ORGANIZATION};
use super::html::escape;
use crate::book::{Book, Contact, Item, MY_CONTACTS, accepts_members};
use crate::person;

/// What every form of a card sends along.
#[derive(Debug)]
pub struct Place<'a> {
    /// Account number.
    pub account: &'a str,
    /// Where the browser returns to.
    pub back: &'a str,
}

/// The card of a contact; `person` is how the People API shows it.
#[must_use]
pub fn card(contact: &Contact, person: &Value, book: &Book, place: &Place<'_>) -> String {
    let name = display_name(contact);
    let id = contact.source_id();
    let values = FIELDS
        .iter()
        .map(|field| values(field, contact, person, place))
        .collect::<String>();
    format!(
        r#"<article class="card" id="c{id}" data-name="{resource}" data-origin="{origin}">
<header>{portrait}
<div class="who"><h2 class="name">{shown}</h2>{organizations}</div>{header_form}</header>
<ul class="values">{values}</ul>
<footer><ul class="chips">{chips}</ul>
<details class="more"><summary aria-label="Add to or delete this card" title="More">⋯</summary>{more}</details></footer>
</article>"#,
        resource = escape(&contact.resource_name),
        origin = format!("{:?}", contact.origin).to_lowercase(),
        portrait = portrait(contact, &name),
        shown = escape(if name.is_empty() { "(No name)" } else { &name }),
        organizations = organizations(person),
        header_form = header_form(contact, place),
        chips = chips(contact, book),
        more = more(contact, book, place),
    )
}

/// The name that the card shows: the person's, else the company's, else the e-mail.
#[must_use]
pub fn display_name(contact: &Contact) -> String {
    let first = |field: &str| contact.fields.get(field).and_then(|items| items.first());
    let name = first("names").map(person::display_name).filter(|name| !name.is_empty());
    let instead = |field: &str, member: &str| first(field).map(|item| text(item, member).to_owned());
    let company = || instead("organizations", "name").filter(|name| !name.is_empty());
    name.or_else(company)
        .or_else(|| instead("emailAddresses", "value"))
        .unwrap_or_default()
}

/// The photo, or a coloured circle with initials.
fn portrait(contact: &Contact, name: &str) -> String {
    match &contact.photo {
        Some(photo) => format!("<img class=\"avatar\" src=\"/photos/{}\" alt=\"\">", escape(&photo.id)),
        None => format!(
            "<span class=\"avatar\" style=\"--hue:{}\" aria-hidden=\"true\">{}</span>",
            contact.id % 360,
            escape(&initials(name))
        ),
    }
}

fn initials(name: &str) -> String {
    let words = name
        .split_whitespace()
        .filter(|word| !word.ends_with('.'))
        .collect::<Vec<_>>();
    let letter = |word: Option<&&str>| word.and_then(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let last = if words.len() > 1 { letter(words.last()) } else { None };
    letter(words.first())
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

fn items<'a>(person: &'a Value, field: &str) -> Vec<&'a Item> {
    let list = person
        .get(field)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    list.iter().filter_map(Value::as_object).collect()
}

fn text<'a>(item: &'a Item, member: &str) -> &'a str {
    item.get(member).and_then(Value::as_str).unwrap_or_default()
}

fn organizations(person: &Value) -> String {
    let line = |item: &Item| {
        let parts = [text(item, "title"), text(item, "department"), text(item, "name")];
        let parts = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        format!("<p class=\"organization\">{}</p>", escape(&parts.join(" · ")))
    };
    items(person, "organizations").into_iter().map(line).collect()
}

fn values(field: &CardField, contact: &Contact, person: &Value, place: &Place<'_>) -> String {
    let value = |(index, item): (usize, &Item)| {
        // Values of a linked profile come after the contact's own and cannot be changed here.
        let own = contact.fields.get(field.field).and_then(|items| items.get(index));
        format!(
            r#"<li class="value" data-kind="{kind}"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="{icon}"/></svg>
<div><span class="text">{text}</span><span class="label">{label}</span></div>{form}</li>"#,
            kind = field.kind,
            icon = field.icon,
            text = escape(&shown_text(field, item)),
            label = escape(&shown_label(field, item)),
            form = own
                .map(|own| edit_form(field, contact, index, own, place))
                .unwrap_or_default(),
        )
    };
    items(person, field.field).into_iter().enumerate().map(value).collect()
}

fn shown_text(field: &CardField, item: &Item) -> String {
    let member = match field.kind {
        "address" => "formattedValue",
        "im" => "username",
        "relation" => "person",
        "birthday" | "event" => {
            let date = field
                .inputs
                .first()
                .map(|input| fields::typed(item, input))
                .unwrap_or_default();
            return if date.is_empty() {
                text(item, "text").to_owned()
            } else {
                date
            };
        }
        _ => "value",
    };
    text(item, member).to_owned()
}

fn shown_label(field: &CardField, item: &Item) -> String {
    let member = match field.kind {
        "im" => "formattedProtocol",
        "custom" => "key",
        _ => "formattedType",
    };
    let label = text(item, member);
    if label.is_empty() {
        field.title.to_owned()
    } else {
        label.to_owned()
    }
}

fn hidden(contact: &Contact, place: &Place<'_>) -> String {
    format!(
        r#"<input type="hidden" name="user" value="{}"><input type="hidden" name="back" value="{}"><input type="hidden" name="name" value="{}">"#,
        escape(place.account),
        escape(place.back),
        escape(&contact.resource_name),
    )
}

/// The inputs of a field, filled with an item.
pub fn inputs(field: &CardField, item: &Item) -> String {
    let input = |input: &fields::Input| {
        let (name, value) = (
            format!("{}.{}", field.kind, input.member),
            escape(&fields::typed(item, input)),
        );
        let control = match input.form {
            Form::Lines => format!("<textarea name=\"{name}\" rows=\"3\">{value}</textarea>"),
            Form::Line => format!("<input name=\"{name}\" value=\"{value}\" autocomplete=\"off\">"),
            Form::Date => {
                format!("<input name=\"{name}\" value=\"{value}\" placeholder=\"1990-12-31\" autocomplete=\"off\">")
            }
        };
        format!("<label>{}{control}</label>", escape(input.title))
    };
    field.inputs.iter().map(input).collect()
}

fn edit_form(field: &CardField, contact: &Contact, index: usize, item: &Item, place: &Place<'_>) -> String {
    format!(
        r#"<details class="edit"><summary aria-label="Edit {title}" title="Edit">✎</summary>
<form method="post" action="/phone/edit">{hidden}<input type="hidden" name="kind" value="{kind}"><input type="hidden" name="index" value="{index}">
{inputs}<div class="buttons"><button class="remove" name="remove" value="1">Remove</button><button class="save">Save</button></div></form></details>"#,
        title = field.title,
        hidden = hidden(contact, place),
        kind = field.kind,
        inputs = inputs(field, item),
    )
}

fn header_form(contact: &Contact, place: &Place<'_>) -> String {
    let empty = Item::new();
    let first = |field: &CardField| contact.fields.get(field.field).and_then(|items| items.first());
    format!(
        r#"<details class="edit head"><summary aria-label="Edit name and company" title="Edit">✎</summary>
<form method="post" action="/phone/head">{hidden}{name}{organization}
<div class="buttons"><button class="save">Save</button></div></form></details>"#,
        hidden = hidden(contact, place),
        name = inputs(&NAME, first(&NAME).unwrap_or(&empty)),
        organization = inputs(&ORGANIZATION, first(&ORGANIZATION).unwrap_or(&empty)),
    )
}

fn chips(contact: &Contact, book: &Book) -> String {
    let chip = |name: &String| {
        let group = book.group(name);
        let shown = group.map_or(name.as_str(), |group| group.formatted_name.as_str());
        let system = if group.is_some_and(|group| group.is_system) {
            " system"
        } else {
            ""
        };
        format!(
            "<li class=\"chip{system}\" data-group=\"{}\">{}</li>",
            escape(name),
            escape(shown)
        )
    };
    contact.memberships.iter().map(chip).collect()
}

fn more(contact: &Contact, book: &Book, place: &Place<'_>) -> String {
    let kind = |field: &CardField| format!("<option value=\"{}\">{}</option>", field.kind, field.title);
    let simple = |field: &&CardField| matches!(field.kind, "phone" | "email" | "url" | "nickname" | "note" | "custom");
    let kinds = FIELDS.iter().filter(simple).map(kind).collect::<String>();
    let has = |name: &str| contact.memberships.iter().any(|known| known == name);
    let option = |group: &crate::book::Group| {
        let sign = if has(&group.resource_name) { "− " } else { "+ " };
        format!(
            "<option value=\"{}\">{sign}{}</option>",
            escape(&group.resource_name),
            escape(&group.formatted_name)
        )
    };
    let usable = book.groups().iter().filter(|group| {
        accepts_members(group)
            && (group.resource_name != MY_CONTACTS || !has(MY_CONTACTS) || contact.memberships.len() > 1)
    });
    let groups = usable.map(option).collect::<String>();
    format!(
        r#"<div class="sheet"><form method="post" action="/phone/add">{hidden}<label>Add<select name="kind">{kinds}</select></label>
<label>Value<input name="value" autocomplete="off"></label><label>Label<input name="type" autocomplete="off"></label><button class="save">Add</button></form>
<form method="post" action="/phone/label">{hidden}<label>Labels<select name="group">{groups}</select></label><button>Change</button></form>
<form method="post" action="/phone/delete">{hidden}<button class="remove delete">Delete this card</button></form></div>"#,
        hidden = hidden(contact, place),
    )
}
