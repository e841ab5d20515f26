// SPDX-License-Identifier: GPL-3.0-or-later
//! The address book of an account: cards, labels to filter by, a switch of accounts.

use std::sync::Arc;

use serde_json::Value;

use super::card::{Place, card, display_name, inputs};
use super::fields::{FIELDS, NAME, ORGANIZATION};
use super::html::{self, escape};
use crate::book::{Book, Contact, Item};
use crate::config::User;
use crate::http::{Answer, Request, encode_form};
use crate::mask::Mask;
use crate::person::{View, view};
use crate::state::State;

const STYLE: &str = include_str!("address_book.css");
/// Cards on a page.
const PAGE: usize = 120;

/// What the address asks for.
struct Wish<'a> {
    user: &'a User,
    group: Option<&'a str>,
    search: &'a str,
    page: usize,
}

/// The page.
#[must_use]
pub fn page(state: &State, request: &Request) -> Answer {
    let user = match state.account(request.parameter("user").filter(|user| !user.is_empty())) {
        Ok(user) => user,
        Err(reason) => return Answer::html(404, html::error_page(404, "Not Found", &reason)),
    };
    let Some(book) = state.book(&user) else {
        return Answer::no_such_page(&request.path);
    };
    let wish = Wish {
        user: &user,
        group: request.parameter("group").filter(|group| !group.is_empty()),
        search: request.parameter("q").unwrap_or_default().trim(),
        page: request
            .parameter("page")
            .and_then(|page| page.parse().ok())
            .unwrap_or(1),
    };
    let found = find(book, &wish);
    let start = (wish.page.max(1) - 1).saturating_mul(PAGE);
    let back = wish.address(wish.group, wish.page);
    let place = Place {
        account: &user.sub,
        back: &back,
    };
    let everything = Mask::everything();
    let how = View {
        base_url: "",
        ..View::complete(&everything, &user, state)
    };
    let shown = found.iter().skip(start).take(PAGE);
    let cards = shown
        .map(|contact| card(contact, &view(contact, &how), book, &place))
        .collect::<String>();
    let cards = match (cards.is_empty(), book.count()) {
        (false, _) => format!("<section class=\"cards\" id=\"cards\">{cards}</section>"),
        (true, 0) => "<p class=\"empty\" id=\"empty\">No contacts yet.</p>".to_owned(),
        (true, _) => "<p class=\"empty\" id=\"empty\">No contact matches.</p>".to_owned(),
    };
    let body = format!(
        r#"{bar}<div class="layout">{labels}<main><div class="head"><h1>{title} <span id="count">{count}</span></h1>{new}</div>{cards}{pager}</main></div>"#,
        bar = bar(state, &wish),
        labels = labels(book, &wish),
        title = escape(&title(book, &wish)),
        count = found.len(),
        new = new_card(&place),
        pager = pager(&wish, found.len()),
    );
    Answer::html(200, html::page(&format!("Contacts of {}", user.email), STYLE, &body))
}

/// The contacts that are asked for, by name. A book can be large: what is shown of each is built for the page only.
fn find(book: &Book, wish: &Wish<'_>) -> Vec<Arc<Contact>> {
    let wanted = wish.search.to_lowercase();
    let in_group = |contact: &Contact| {
        wish.group
            .is_none_or(|group| contact.memberships.iter().any(|name| name == group))
    };
    let mut found = book.by_last_change();
    found.retain(|contact| in_group(contact) && (wanted.is_empty() || holds(contact, &wanted)));
    found.sort_by_cached_key(|contact| {
        let name = display_name(contact);
        (name.is_empty(), name.to_lowercase())
    });
    found
}

/// Some text of the card's visible fields holds this.
fn holds(contact: &Contact, wanted: &str) -> bool {
    let fields = [&NAME, &ORGANIZATION].into_iter().chain(&FIELDS);
    let mut items = fields.filter_map(|field| contact.fields.get(field.field)).flatten();
    let has = |text: &str| text.to_lowercase().contains(wanted);
    has(&display_name(contact)) || items.any(|item| item.values().filter_map(Value::as_str).any(has))
}

impl Wish<'_> {
    fn address(&self, group: Option<&str>, page: usize) -> String {
        let page = page.to_string();
        let mut pairs = vec![("user", self.user.email.as_str())];
        pairs.extend(group.map(|group| ("group", group)));
        pairs.extend((!self.search.is_empty()).then_some(("q", self.search)));
        pairs.extend((page != "1").then_some(("page", page.as_str())));
        format!("/?{}", encode_form(pairs))
    }
}

fn title(book: &Book, wish: &Wish<'_>) -> String {
    let group = wish.group.and_then(|group| book.group(group));
    group.map_or_else(|| "Contacts".to_owned(), |group| group.formatted_name.clone())
}

fn bar(state: &State, wish: &Wish<'_>) -> String {
    let account = |user: &User| {
        let here = user.sub == wish.user.sub;
        format!(
            r#"<a class="account{}" href="/?{}"{}>{}</a>"#,
            if here { " here" } else { "" },
            escape(&encode_form([("user", user.email.as_str())])),
            if here { " aria-current=\"true\"" } else { "" },
            escape(&user.email),
        )
    };
    let group = wish
        .group
        .map(|group| format!("<input type=\"hidden\" name=\"group\" value=\"{}\">", escape(group)));
    format!(
        r#"<header class="bar"><a class="brand" href="/"><span class="mark" aria-hidden="true">C</span>Contacts</a>
<form class="search" method="get" action="/"><input type="hidden" name="user" value="{email}">{group}<input type="search" name="q" value="{search}" placeholder="Search" aria-label="Search"></form>
<nav class="accounts" id="accounts" aria-label="Accounts">{accounts}</nav></header>"#,
        email = escape(&wish.user.email),
        group = group.unwrap_or_default(),
        search = escape(wish.search),
        accounts = state.config.users.iter().map(account).collect::<String>(),
    )
}

fn labels(book: &Book, wish: &Wish<'_>) -> String {
    let counts = book.member_counts();
    let link = |name: Option<&str>, shown: &str, count: usize| {
        let here = name == wish.group;
        format!(
            r#"<li><a class="label-link{}" data-group="{}" href="{}"{}><span>{}</span><b>{count}</b></a></li>"#,
            if here { " here" } else { "" },
            escape(name.unwrap_or_default()),
            escape(&wish.address(name, 1)),
            if here { " aria-current=\"page\"" } else { "" },
            escape(shown),
        )
    };
    let visible = book.groups().iter().filter_map(|group| {
        let count = counts.get(&group.resource_name).copied().unwrap_or(0);
        let always = !group.is_system || matches!(group.name.as_str(), "myContacts" | "starred");
        (always || count > 0).then_some((group, count))
    });
    let links = visible
        .map(|(group, count)| link(Some(&group.resource_name), &group.formatted_name, count))
        .collect::<String>();
    format!(
        r#"<nav class="labels" id="labels" aria-label="Labels"><h2>Labels</h2><ul>{all}{links}</ul></nav>"#,
        all = link(None, "All contacts", book.count()),
    )
}

fn new_card(place: &Place<'_>) -> String {
    let empty = Item::new();
    let first = FIELDS
        .iter()
        .take(2)
        .map(|field| inputs(field, &empty))
        .collect::<String>();
    format!(
        r#"<details class="new" id="new"><summary>New contact</summary><form method="post" action="/phone/create" class="sheet">
<input type="hidden" name="user" value="{account}"><input type="hidden" name="back" value="{back}">{name}{organization}{first}<button class="save">Save</button></form></details>"#,
        account = escape(place.account),
        back = escape(place.back),
        name = inputs(&NAME, &empty),
        organization = inputs(&ORGANIZATION, &empty),
    )
}

fn pager(wish: &Wish<'_>, found: usize) -> String {
    let pages = found.div_ceil(PAGE);
    if pages < 2 {
        return String::new();
    }
    let link = |page: usize| {
        let here = if page == wish.page {
            " class=\"here\" aria-current=\"page\""
        } else {
            ""
        };
        format!(
            "<a href=\"{}\"{here}>{page}</a>",
            escape(&wish.address(wish.group, page))
        )
    };
    format!(
        "<nav class=\"pager\" aria-label=\"Pages\">{}</nav>",
        (1..=pages).map(link).collect::<String>()
    )
}
