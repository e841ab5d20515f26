// SPDX-License-Identifier: GPL-3.0-or-later
//! The way of a request through the server: limits, method, faults, the call itself, the log.

mod play;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::config::{Config, Milliseconds};
use crate::controls;
use crate::faults::{Action, Subject};
use crate::http::{Answer, Content, Request};
use crate::log::{Entry, Warnings};
use crate::methods::{self, Class, Method};
use crate::pages;
use crate::quota::Units;
use crate::state::State;

/// An emulator, without the network.
#[derive(Debug)]
pub struct Service {
    state: Mutex<State>,
    /// The settings it was started with; a reset returns to them.
    initial: Config,
}

/// What goes back to the client.
#[derive(Debug)]
pub enum Reply {
    /// An answer.
    Whole(Answer),
    /// An answer that breaks off in the middle of its body.
    Half(Answer),
    /// Nothing: the connection is closed instead.
    Nothing,
}

impl Reply {
    fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Whole(answer) | Self::Half(answer) => Some(answer),
            Self::Nothing => None,
        }
    }
}

/// What a call has led to, for the log.
#[derive(Debug, Default)]
struct Outcome {
    charged: Vec<Units>,
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
    /// Resets before it.
    resets: u64,
    time_before: Duration,
    time_after: Duration,
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

    /// Answers a request.
    pub async fn serve(&self, request: &Request, uri_len: usize, body_too_long: bool) -> Reply {
        if let Some(answer) = self.too_long(uri_len, body_too_long) {
            return Reply::Whole(answer);
        }
        if request.path.starts_with("/_") {
            return Reply::Whole(self.serve_control(request));
        }
        match methods::find(&request.verb, &request.path) {
            Some((method, segment)) => self.serve_method(request, method, segment).await,
            None => Reply::Whole(pages::serve(&mut self.state(), request)),
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

    /// How long after a request came its answer leaves at the earliest, where the work on it is a part of that.
    pub fn least_time(&self, request: &Request) -> Duration {
        let mut state = self.state();
        if !state.config.latency_includes_work {
            return Duration::ZERO;
        }
        methods::find(&request.verb, &request.path).map_or(Duration::ZERO, |(method, _)| {
            let (before, after) = latency(&mut state, method);
            before + after
        })
    }

    async fn serve_method(&self, request: &Request, method: &'static Method, segment: String) -> Reply {
        let arrival = self.arrive(request, method, segment);
        tokio::time::sleep(arrival.time_before).await;
        let mut outcome = Outcome::default();
        let reply = self.play(request, &arrival, &mut outcome).await;
        tokio::time::sleep(arrival.time_after).await;
        self.leave(request, &arrival, outcome, reply.answer());
        reply
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
        let (time_before, time_after) = if state.config.latency_includes_work {
            (Duration::ZERO, Duration::ZERO)
        } else {
            latency(&mut state, method)
        };
        Arrival {
            method,
            segment,
            account,
            email,
            fault,
            in_flight,
            resets: state.resets,
            time_before,
            time_after,
            time: now.rfc3339(),
        }
    }

    fn leave(&self, request: &Request, arrival: &Arrival, outcome: Outcome, answer: Option<&Answer>) {
        let mut state = self.state();
        if state.resets != arrival.resets {
            return;
        }
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
        state.log.append(entry, &outcome.charged);
    }
}

/// What a call takes before and after it is done.
fn latency(state: &mut State, method: &Method) -> (Duration, Duration) {
    let config = &state.config;
    let ordered = config.latency_ms.get(method.id);
    let ms = match ordered.or_else(|| config.latency_ms.get(method.class.word())) {
        None => 0,
        Some(Milliseconds::Fixed(ms)) => *ms,
        Some(Milliseconds::Within([from, to])) => {
            from.saturating_add(state.dice.next() % to.saturating_sub(*from).saturating_add(1))
        }
    };
    let after = ms.saturating_mul(u64::from(config.latency_after_percent.min(100))) / 100;
    (Duration::from_millis(ms - after), Duration::from_millis(after))
}

fn oauth_error(answer: &Answer) -> Option<String> {
    match &answer.content {
        Content::Json(body) => body.get("error")?.as_str().map(str::to_owned),
        _ => None,
    }
}
