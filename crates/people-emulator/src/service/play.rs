// SPDX-License-Identifier: GPL-3.0-or-later
//! Makes a call, with the trouble that was ordered for it.

use std::time::Duration;

use axum::body::Bytes;
use serde_json::Value;
use tokio::sync::oneshot::Receiver;

use super::{Arrival, Outcome, Reply, Service};
use crate::config::{LegacyErrors, OverlappingWrites};
use crate::error::ApiError;
use crate::faults::{Action, Ending, Failure, Latency, PartialBatch, Place};
use crate::http::{Answer, Request, first};
use crate::methods::{Call, Class, Method, Run};
use crate::phone::{self, Operation};
use crate::state::State;
use crate::{oauth, pages};

impl Service {
    /// Makes the call, with the trouble that was ordered.
    pub(super) async fn play(&self, request: &Request, arrival: &Arrival, outcome: &mut Outcome) -> Reply {
        let Some((id, action)) = &arrival.fault else {
            return Reply::Whole(self.make(request, arrival, outcome));
        };
        match action {
            Action::DropBefore => return Reply::Nothing,
            Action::Garbage => return Reply::Whole(garbage()),
            Action::Error(failure) => return Reply::Whole(self.fail(request, arrival.method, failure, outcome)),
            Action::Quota { metric } => {
                let error = ApiError::quota_exceeded(*metric, None);
                return Reply::Whole(answer_error(&self.state(), request, error, outcome));
            }
            Action::FbsQuota => {
                return Reply::Whole(answer_error(&self.state(), request, ApiError::fbs_quota(), outcome));
            }
            Action::PartialBatch(batch) => return self.make_part(request, arrival, batch, outcome),
            Action::Latency(latency) if latency.place == Place::Before => {
                self.pass_time(arrival, *id, latency).await;
            }
            other => self.before(request, arrival, other),
        }
        let answer = self.make(request, arrival, outcome);
        match action {
            Action::DropAfter => Reply::Nothing,
            Action::GarbageAfter => Reply::Whole(garbage()),
            Action::Truncate => Reply::Half(answer),
            Action::ErrorAfter(failure) => Reply::Whole(self.fail(request, arrival.method, failure, outcome)),
            Action::Latency(latency) if latency.place == Place::After => {
                self.pass_time(arrival, *id, latency).await;
                Reply::Whole(answer)
            }
            _ => Reply::Whole(answer),
        }
    }

    /// Waits, so long as was ordered or until it is told to go on.
    async fn pass_time(&self, arrival: &Arrival, id: u64, latency: &Latency) {
        if let Some(ms) = latency.ms {
            tokio::time::sleep(Duration::from_millis(ms)).await;
        } else if let Some(told) = self.hold(arrival, id) {
            // It is told by the end of the sender.
            let _ = told.await;
        }
    }

    /// A trouble from before a reset holds nothing after it.
    fn hold(&self, arrival: &Arrival, id: u64) -> Option<Receiver<()>> {
        let mut state = self.state();
        (state.resets == arrival.resets)
            .then(|| state.faults.hold(id))
            .flatten()
    }

    /// What happens to the book or the tokens just before the call.
    fn before(&self, request: &Request, arrival: &Arrival, action: &Action) {
        let mut state = self.state();
        match action {
            Action::TokenExpired => {
                if let Some(token) = token(request) {
                    state.grants.expire_access(&token);
                }
            }
            Action::GrantRevoked => {
                if let Some(token) = token(request) {
                    state.grants.revoke(&token);
                }
            }
            Action::SyncExpired => {
                if let Some(token) = request.parameter("syncToken") {
                    state.listings.expire_sync(token);
                }
            }
            Action::ConcurrentEdit { set, name } => {
                let account = arrival.account.as_deref();
                let Some(user) = account.and_then(|account| state.account(Some(account)).ok()) else {
                    return;
                };
                let named = || named_contacts(request, arrival);
                for name in name.clone().map_or_else(named, |name| vec![name]) {
                    let set = set.clone();
                    // Nobody edits a contact that is not there: the call itself will say so.
                    let _ = phone::operate(&mut state, &user, &Operation::Edit { name, set });
                }
            }
            _ => {}
        }
    }

    /// Makes a batch of the first items only; an error of the call itself comes first.
    fn make_part(&self, request: &Request, arrival: &Arrival, batch: &PartialBatch, outcome: &mut Outcome) -> Reply {
        if batch.keep > 0 {
            let part = Request {
                body: first_items(&request.body, batch.keep),
                ..request.clone()
            };
            let answer = self.make(&part, arrival, outcome);
            if answer.status != 200 {
                return Reply::Whole(answer);
            }
        }
        match &batch.then {
            Ending::Drop => Reply::Nothing,
            Ending::Error(failure) => Reply::Whole(self.fail(request, arrival.method, failure, outcome)),
        }
    }

    fn make(&self, request: &Request, arrival: &Arrival, outcome: &mut Outcome) -> Answer {
        let mut state = self.state();
        if state.resets != arrival.resets {
            return Answer::html(
                503,
                pages::error_page(503, "Reset", "All was reset while the call was under way."),
            );
        }
        let run = match arrival.method.run {
            Run::OAuth(run) => return run(&mut state, request),
            Run::People(run) => run,
        };
        let overlaps = arrival.method.class == Class::Write && arrival.in_flight.1 > 1;
        let result = if overlaps && state.config.overlapping_writes == OverlappingWrites::Abort {
            Err(ApiError::aborted())
        } else {
            Call::new(&mut state, request, arrival.method, arrival.segment.clone()).and_then(|mut call| {
                let result = call.prepare().and_then(|()| run(&mut call));
                if result.as_ref().is_err_and(|error| error.http == 429) {
                    call.refund();
                }
                outcome.names = std::mem::take(&mut call.names);
                outcome.warnings = std::mem::take(&mut call.warnings);
                outcome.charged = std::mem::take(&mut call.charged);
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
}

/// The token that a call carries: access or refresh token.
fn token(request: &Request) -> Option<String> {
    let form = if request.has_form() { request.form() } else { Vec::new() };
    let token = request.bearer().or_else(|| first(&form, "refresh_token"));
    token.map(str::to_owned)
}

/// The contacts that a call is about to change.
fn named_contacts(request: &Request, arrival: &Arrival) -> Vec<String> {
    if arrival.method.pattern.starts_with("/v1/people/") {
        return vec![format!("people/{}", arrival.segment)];
    }
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let keys = body.get("contacts").and_then(Value::as_object);
    let names = ["resourceNames", "resourceNamesToAdd", "resourceNamesToRemove"]
        .into_iter()
        .filter_map(|list| body.get(list)?.as_array())
        .flatten()
        .filter_map(Value::as_str);
    let keys = keys.into_iter().flat_map(|map| map.keys().map(String::as_str));
    keys.chain(names).map(str::to_owned).collect()
}

/// The body of a batch with its first items only.
fn first_items(body: &Bytes, keep: usize) -> Bytes {
    let Ok(mut whole) = serde_json::from_slice::<Value>(body) else {
        return body.clone();
    };
    for list in ["contacts", "resourceNames"] {
        match whole.get_mut(list) {
            Some(Value::Array(items)) => items.truncate(keep),
            Some(Value::Object(items)) => *items = std::mem::take(items).into_iter().take(keep).collect(),
            _ => {}
        }
    }
    whole.to_string().into()
}

/// What the portal of a hotel answers in place of any server.
fn garbage() -> Answer {
    let text = "Please sign in to use this network.";
    Answer::html(200, pages::error_page(200, "Welcome", text))
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
