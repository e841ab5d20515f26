// SPDX-License-Identifier: GPL-3.0-or-later
//! One call of the People API: its token, query and body checked by the tables, and what its method needs at hand.

use serde_json::{Map, Value};

use super::Method;
use crate::book::{Book, Contact};
use crate::clock::Instant;
use crate::config::User;
use crate::error::ApiError;
use crate::http::Request;
use crate::log::Warnings;
use crate::mask::{Mask, READ_PATHS};
use crate::person::{Language, Sources, View, view};
use crate::quota::Units;
use crate::schema::{self, Kind, Message, Reading, camel_case, snake_case};
use crate::state::State;

/// Parameters that every method of Google has.
const STANDARD: [&str; 14] = [
    "$.xgafv",
    "$prettyPrint",
    "access_token",
    "alt",
    "callback",
    "fields",
    "key",
    "oauth_token",
    "prettyPrint",
    "quotaUser",
    "uploadType",
    "upload_protocol",
    "$alt",
    "$fields",
];

/// Resource names that a batch of reads may have.
const MOST_READ: usize = 200;

/// A call.
#[derive(Debug)]
pub struct Call<'a> {
    /// The server's state.
    pub state: &'a mut State,
    /// The request.
    pub request: &'a Request,
    /// The method.
    pub method: &'static Method,
    /// The account of the token.
    pub user: User,
    /// The scopes of the token.
    pub scopes: Vec<String>,
    /// The segment of the path that names a resource.
    pub segment: String,
    parameters: Map<String, Value>,
    /// What was tolerated.
    pub warnings: Warnings,
    /// Resource names read or written.
    pub names: Vec<String>,
    /// Quota units charged.
    pub charged: Vec<Units>,
}

impl<'a> Call<'a> {
    /// Checks the token.
    ///
    /// # Errors
    /// No token, a dead one, the API disabled, a scope missing.
    pub fn new(
        state: &'a mut State,
        request: &'a Request,
        method: &'static Method,
        segment: String,
    ) -> Result<Self, ApiError> {
        let now = state.clock.now();
        let token = request
            .bearer()
            .ok_or_else(|| ApiError::credentials_missing(method.id))?;
        let access = state
            .grants
            .access(token, now)
            .ok_or_else(|| ApiError::token_expired(method.id))?;
        let (account, scopes) = (access.account.clone(), access.scopes.clone());
        let user = state
            .account(Some(&account))
            .map_err(|_| ApiError::token_expired(method.id))?;
        if !state.config.api_enabled {
            return Err(ApiError::service_disabled());
        }
        if !scopes.iter().any(|scope| method.scopes.contains(&scope.as_str())) {
            return Err(ApiError::scope_insufficient(method.id));
        }
        Ok(Self {
            state,
            request,
            method,
            user,
            scopes,
            segment,
            parameters: Map::new(),
            warnings: Warnings::default(),
            names: Vec::new(),
            charged: Vec::new(),
        })
    }

    /// Charges what the method costs, then reads the query: a bad one costs as much.
    ///
    /// # Errors
    /// A quota used up; a parameter unknown or of the wrong type.
    pub fn prepare(&mut self) -> Result<(), ApiError> {
        self.charge(self.method.units)?;
        self.parameters = read_query(self.method, self.request)?;
        Ok(())
    }

    /// Charges quota units.
    ///
    /// # Errors
    /// A quota used up.
    pub fn charge(&mut self, units: Units) -> Result<(), ApiError> {
        let now = self.now();
        let State { quotas, config, .. } = &mut *self.state;
        quotas.charge(&self.user.sub, units, config, now)?;
        self.charged.push(units);
        Ok(())
    }

    /// Gives back what was charged: calls that a quota refuses are free.
    pub fn refund(&mut self) {
        let now = self.now();
        for units in self.charged.drain(..) {
            self.state.quotas.refund(&self.user.sub, units, now);
        }
    }

    /// A parameter of text; an empty one is absent, as in all of protobuf.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        let text = self.parameters.get(name).and_then(Value::as_str);
        text.filter(|text| !text.is_empty())
    }

    /// A repeated parameter.
    #[must_use]
    pub fn texts(&self, name: &str) -> Vec<&str> {
        let list = self
            .parameters
            .get(name)
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        list.iter().filter_map(Value::as_str).collect()
    }

    /// The resource names of a batch of reads: 1 to 200.
    ///
    /// # Errors
    /// None, or more.
    pub fn named_resources(&self) -> Result<Vec<String>, ApiError> {
        let names = self.texts("resourceNames");
        if names.is_empty() || names.len() > MOST_READ {
            return Err(ApiError::invalid("Must request between 1 and 200 resource names."));
        }
        Ok(names.into_iter().map(str::to_owned).collect())
    }

    /// A number; 0 where absent.
    #[must_use]
    pub fn number(&self, name: &str) -> i64 {
        self.parameters.get(name).and_then(Value::as_i64).unwrap_or(0)
    }

    /// A switch.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        self.parameters.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// The list asks for a sync token or uses one.
    #[must_use]
    pub fn has_to_do_with_sync(&self) -> bool {
        self.flag("requestSyncToken") || self.text("syncToken").is_some()
    }

    /// Everything that was asked, save some parameters: equal for equal questions.
    #[must_use]
    pub fn question_without(&self, names: &[&str]) -> String {
        let mut asked = self.parameters.clone();
        asked.retain(|name, _| !names.contains(&name.as_str()));
        format!("{}?{}", self.method.id, Value::Object(asked))
    }

    /// `pageSize` within 1 and 1000; absent or 0 is the default.
    ///
    /// # Errors
    /// Beyond the limits, where the settings are strict.
    pub fn page_size(&self, default: usize) -> Result<usize, ApiError> {
        match usize::try_from(self.number("pageSize")) {
            Ok(0) => Ok(default),
            Ok(size) if size <= 1000 => Ok(size),
            Ok(_) if !self.state.config.strict_page_size => Ok(1000),
            _ => Err(ApiError::invalid(
                "Page size must be greater or equal to 0 and less or equal to 1000.",
            )),
        }
    }

    /// The mask of a read: `personFields`, or its elder form with `person.` before each path.
    ///
    /// # Errors
    /// Missing, or an unknown path.
    pub fn read_mask(&self) -> Result<Mask, ApiError> {
        let elder = self.text("requestMask.includeField").map(|paths| {
            paths
                .split(',')
                .map(|path| path.trim().trim_start_matches("person."))
                .collect::<Vec<_>>()
                .join(",")
        });
        Mask::required(
            "personFields",
            self.text("personFields").or(elder.as_deref()),
            &READ_PATHS,
            "get",
        )
    }

    /// The mask of a write's answer: everything where it is absent.
    ///
    /// # Errors
    /// An unknown path.
    pub fn answer_mask(&self) -> Result<Mask, ApiError> {
        let mask = Mask::parse("personFields", self.text("personFields"), &READ_PATHS, "createContact")?;
        Ok(if mask.is_empty() { Mask::everything() } else { mask })
    }

    /// The JSON body, read by a message's table; `path` is what Google calls its root.
    ///
    /// # Errors
    /// Not JSON, or not what the table says.
    pub fn body(&mut self, message: &Message, path: &str) -> Result<Map<String, Value>, ApiError> {
        let bytes = &self.request.body;
        if bytes.is_empty() {
            return Ok(Map::new());
        }
        if self.request.media_type() != "application/json" {
            return Err(ApiError::not_json("Content-Type must be application/json."));
        }
        let value = schema::parse(bytes).map_err(|problem| ApiError::not_json(&problem))?;
        let mut reading = Reading {
            lenient_lists: !self.state.config.strict_lists,
            ..Reading::default()
        };
        let object = schema::read(message, &value, path, &mut reading);
        if !reading.violations.is_empty() {
            return Err(ApiError::violations(&reading.violations));
        }
        self.warnings.add(
            "output_only_member",
            u64::try_from(reading.ignored.len()).unwrap_or(u64::MAX),
        );
        Ok(object)
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.state.clock.now()
    }

    /// The account's address book.
    ///
    /// # Errors
    /// The account has none: never in a running server.
    pub fn book(&self) -> Result<&Book, ApiError> {
        self.state.book(&self.user).ok_or_else(ApiError::not_found)
    }

    /// The account's address book, to be changed.
    pub fn book_mut(&mut self) -> &mut Book {
        self.state.book_mut(&self.user)
    }

    /// Sources that the `sources` parameter names.
    #[must_use]
    pub fn sources(&self) -> Sources {
        Sources::of(&self.texts("sources"))
    }

    /// How this call shows people.
    #[must_use]
    pub fn view<'v>(&'v self, mask: &'v Mask, sources: Sources, listed: bool) -> View<'v> {
        View {
            sources,
            listed,
            language: Language::of_header(self.request.header("accept-language")),
            ..View::complete(mask, &self.user, self.state)
        }
    }

    /// Shows one contact.
    #[must_use]
    pub fn show(&self, contact: &Contact, mask: &Mask, sources: Sources) -> Value {
        view(contact, &self.view(mask, sources, false))
    }
}

fn read_query(method: &Method, request: &Request) -> Result<Map<String, Value>, ApiError> {
    let mut parameters = Map::new();
    let mut violations = Vec::new();
    for (name, value) in &request.query {
        if STANDARD.contains(&name.as_str()) {
            check_standard(name, value)?;
            continue;
        }
        let Some(member) = method.query.iter().find(|member| member.name == camel_case(name)) else {
            let message = format!(
                "Invalid JSON payload received. Unknown name \"{name}\": Cannot bind query parameter. Field '{name}' \
                 could not be found in request message."
            );
            violations.push((String::new(), message));
            continue;
        };
        let place = snake_case(member.name);
        let read = match member.kind {
            Kind::Number => value
                .parse::<i32>()
                .ok()
                .map(Value::from)
                .ok_or("TYPE_INT32".to_owned()),
            Kind::Flag => value
                .parse::<bool>()
                .ok()
                .map(Value::from)
                .ok_or("TYPE_BOOL".to_owned()),
            Kind::Choice(kind, words) if !words.contains(&value.as_str()) => {
                Err(format!("type.googleapis.com/google.people.v1.{kind}"))
            }
            _ => Ok(Value::from(value.as_str())),
        };
        match read {
            Err(kind) => violations.push((
                place.clone(),
                format!("Invalid value at '{place}' ({kind}), \"{value}\""),
            )),
            Ok(value) if member.repeated => {
                let list = parameters
                    .entry(member.name)
                    .or_insert_with(|| Value::Array(Vec::new()));
                if let Some(list) = list.as_array_mut() {
                    list.push(value);
                }
            }
            Ok(value) => {
                parameters.insert(member.name.to_owned(), value);
            }
        }
    }
    if violations.is_empty() {
        Ok(parameters)
    } else {
        Err(ApiError::violations(&violations))
    }
}

/// Standard parameters that change the form of the answer are not served.
fn check_standard(name: &str, value: &str) -> Result<(), ApiError> {
    let served = match name {
        "alt" | "$alt" => value == "json",
        "fields" | "$fields" | "callback" => false,
        _ => true,
    };
    if served {
        Ok(())
    } else {
        Err(ApiError::invalid(format!(
            "Parameter {name}={value} is not implemented."
        )))
    }
}
