// SPDX-License-Identifier: GPL-3.0-or-later
//! The way of a request through the server: limits, method, faults, the call itself, the log.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::config::{Config, LegacyErrors, OverlappingWrites};
use crate::controls;
use crate::error::ApiError;
use crate::faults::{Action, Failure, Place, Subject};
use crate::http::{Answer, Content, Request, first};
use crate::log::{Entry, Warnings};
use crate::methods::{self, Call, Class, Method, Run};
use crate::oauth;
use crate::pages;
use crate::state::State;

/// An emulator, without the network.
#[derive(Debug)]
pub struct Service {
    state: Mutex<State>,
    /// The settings it was started with; a reset returns to them.
    initial: Config,
}

/// What a call has led to, for the log.
#[derive(Debug, Default)]
struct Outcome {
    names: Vec<String>,
    warnings: Warnings,
    error: Option<String>,
}

/// What is known of a call before it is made.
#[derive(Debug)]
struct Arrival {
    method: &'static Method,
    segment: String,
    account: Option<String>,
    email: Option<String>,
    fault: Option<(u64, Action)>,
    in_flight: (u64, u64),
    latency: Duration,
    time: String,
}

impl Service {
    /// An emulator with these settings, reached at this address.
    #[must_use]
    pub fn new(config: Config, base_url: &str) -> Self {
        Self {
            state: Mutex::new(State::new(config.clone(), base_url)),
            initial: config,
        }
    }

    /// The state; nothing else happens while it is held.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a control.
    ///
    /// # Errors
    /// HTTP status and reason.
    pub fn control(
        &self,
        verb: &str,
        path: &str,
        user: Option<&str>,
        body: serde_json::Value,
    ) -> Result<serde_json::Value, (u16, String)> {
        controls::run(&mut self.state(), &self.initial, verb, path, user, body)
    }

    /// Answers a request; `None` closes the connection instead.
    pub async fn serve(&self, request: &Request, uri_len: usize, body_too_long: bool) -> Option<Answer> {
        if let Some(answer) = self.too_long(uri_len, body_too_long) {
            return Some(answer);
        }
        if request.path.starts_with("/_") {
            return Some(self.serve_control(request));
        }
        match methods::find(&request.verb, &request.path) {
            Some((method, segment)) => self.serve_method(request, method, segment).await,
            None => Some(pages::serve(&mut self.state(), request)),
        }
    }

    fn too_long(&self, uri_len: usize, body_too_long: bool) -> Option<Answer> {
        let long_uri = uri_len > self.state().config.max_uri_len;
        let (status, title) = match (long_uri, body_too_long) {
            (true, _) => (414, "Request-URI Too Large"),
            (false, true) => (413, "Request Entity Too Large"),
            (false, false) => return None,
        };
        Some(Answer::html(
            status,
            pages::error_page(status, title, "Your client issued a request that was too large."),
        ))
    }

    fn serve_control(&self, request: &Request) -> Answer {
        let body = if request.body.is_empty() {
            Ok(serde_json::json!({}))
        } else {
            serde_json::from_slice(&request.body)
        };
        let user = request.parameter("user");
        let result = match body {
            Ok(body) => self.control(&request.verb, &request.path, user, body),
            Err(error) => Err((400, error.to_string())),
        };
        match result {
            Ok(value) => Answer::json(200, value),
            Err((status, error)) => Answer::json(status, serde_json::json!({"error": error})),
        }
    }

    async fn serve_method(&self, request: &Request, method: &'static Method, segment: String) -> Option<Answer> {
        let arrival = self.arrive(request, method, segment);
        tokio::time::sleep(arrival.latency).await;
        let mut outcome = Outcome::default();
        let answer = self.play(request, &arrival, &mut outcome).await;
        self.leave(request, &arrival, outcome, answer.as_ref());
        answer
    }

    /// Notes that a call is under way, and what will happen to it.
    fn arrive(&self, request: &Request, method: &'static Method, segment: String) -> Arrival {
        let mut state = self.state();
        let now = state.clock.now();
        let account = request.bearer().and_then(|token| state.grants.access(token, now));
        let account = account.map(|access| access.account.clone());
        let email = account
            .as_deref()
            .and_then(|sub| state.config.user(sub))
            .map(|user| user.email.clone());
        let subject = Subject {
            method,
            user: email.as_deref(),
            path: &request.path,
            query: &request.query,
            body: &request.body,
        };
        let fault = state.faults.strike(&subject);
        let counts = state.in_flight.entry(account.clone().unwrap_or_default()).or_default();
        counts.0 += 1;
        counts.1 += u64::from(method.class == Class::Write);
        let in_flight = *counts;
        let latency = state.config.latency_ms.get(method.class.word()).copied().unwrap_or(0);
        let latency = Duration::from_millis(latency);
        Arrival {
            method,
            segment,
            account,
            email,
            fault,
            in_flight,
            latency,
            time: now.rfc3339(),
        }
    }

    /// Makes the call, with the trouble that was ordered.
    async fn play(&self, request: &Request, arrival: &Arrival, outcome: &mut Outcome) -> Option<Answer> {
        match arrival.fault.as_ref().map(|(_, action)| action) {
            None => Some(self.make(request, arrival, outcome)),
            Some(Action::DropBefore) => None,
            Some(Action::DropAfter) => {
                self.make(request, arrival, outcome);
                None
            }
            Some(Action::Error(failure)) => Some(self.fail(request, arrival.method, failure, outcome)),
            Some(Action::ErrorAfter(failure)) => {
                self.make(request, arrival, outcome);
                Some(self.fail(request, arrival.method, failure, outcome))
            }
            Some(Action::Latency(latency)) => {
                let time = Duration::from_millis(latency.ms);
                if latency.place == Place::Before {
                    tokio::time::sleep(time).await;
                    return Some(self.make(request, arrival, outcome));
                }
                let answer = self.make(request, arrival, outcome);
                tokio::time::sleep(time).await;
                Some(answer)
            }
            Some(Action::TokenExpired) => {
                self.with_token(request, |state, token| state.grants.expire_access(token));
                Some(self.make(request, arrival, outcome))
            }
            Some(Action::GrantRevoked) => {
                self.with_token(request, |state, token| {
                    state.grants.revoke(token);
                });
                Some(self.make(request, arrival, outcome))
            }
        }
    }

    fn with_token(&self, request: &Request, act: impl FnOnce(&mut State, &str)) {
        let form = if request.has_form() { request.form() } else { Vec::new() };
        if let Some(token) = request.bearer().or_else(|| first(&form, "refresh_token")) {
            act(&mut self.state(), token);
        }
    }

    fn make(&self, request: &Request, arrival: &Arrival, outcome: &mut Outcome) -> Answer {
        let mut state = self.state();
        let run = match arrival.method.run {
            Run::OAuth(run) => return run(&mut state, request),
            Run::People(run) => run,
        };
        let overlaps = arrival.method.class == Class::Write && arrival.in_flight.1 > 1;
        let result = if overlaps && state.config.overlapping_writes == OverlappingWrites::Abort {
            Err(ApiError::aborted())
        } else {
            Call::new(&mut state, request, arrival.method, arrival.segment.clone()).and_then(|mut call| {
                let result = run(&mut call);
                outcome.names = std::mem::take(&mut call.names);
                outcome.warnings = std::mem::take(&mut call.warnings);
                result
            })
        };
        match result {
            Ok(value) => Answer::json(200, value),
            Err(error) => answer_error(&state, request, error, outcome),
        }
    }

    fn fail(&self, request: &Request, method: &Method, failure: &Failure, outcome: &mut Outcome) -> Answer {
        let error = failure.api_error();
        if method.class != Class::OAuth {
            return answer_error(&self.state(), request, error, outcome);
        }
        let name = failure.status.as_deref().unwrap_or("internal_failure");
        Answer {
            headers: error.headers,
            ..oauth::error(failure.http, name, &error.message)
        }
    }

    fn leave(&self, request: &Request, arrival: &Arrival, outcome: Outcome, answer: Option<&Answer>) {
        let mut state = self.state();
        if let Some(counts) = state.in_flight.get_mut(arrival.account.as_deref().unwrap_or_default()) {
            counts.0 = counts.0.saturating_sub(1);
            counts.1 = counts.1.saturating_sub(u64::from(arrival.method.class == Class::Write));
        }
        let keep_body = state.config.log_bodies && arrival.method.class != Class::OAuth;
        let body = keep_body.then(|| serde_json::from_slice(&request.body).ok()).flatten();
        let secret = |name: &str| matches!(name, "access_token" | "oauth_token" | "id_token" | "token");
        let entry = Entry {
            n: 0,
            time: arrival.time.clone(),
            method: arrival.method.id.to_owned(),
            verb: request.verb.clone(),
            path: request.path.clone(),
            query: request
                .query
                .iter()
                .filter(|(name, _)| !secret(name))
                .cloned()
                .collect(),
            status: answer.map_or(0, |answer| answer.status),
            user: arrival.email.clone(),
            names: outcome.names,
            warnings: outcome.warnings,
            in_flight: arrival.in_flight.0,
            mutations_in_flight: arrival.in_flight.1,
            fault: arrival.fault.as_ref().map(|(id, _)| *id),
            body,
            error: outcome.error.or_else(|| answer.and_then(oauth_error)),
        };
        state.log.append(entry, arrival.method.units);
    }
}

fn answer_error(state: &State, request: &Request, error: ApiError, outcome: &mut Outcome) -> Answer {
    let asked = request.parameter("alt") == Some("json") || request.parameter("$.xgafv") == Some("1");
    let legacy = match state.config.legacy_errors {
        LegacyErrors::Auto => asked,
        LegacyErrors::Always => true,
        LegacyErrors::Never => false,
    };
    outcome.error = Some(error.message.clone());
    let body = error.body(legacy);
    Answer {
        headers: error.headers,
        ..Answer::json(error.http, body)
    }
}

fn oauth_error(answer: &Answer) -> Option<String> {
    match &answer.content {
        Content::Json(body) => body.get("error")?.as_str().map(str::to_owned),
        _ => None,
    }
}
