// SPDX-License-Identifier: GPL-3.0-or-later
//! Troubles to order: which calls they meet, how often, and what happens then.

mod action;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::oneshot::{self, Receiver, Sender};

pub use action::{Action, Ending, Failure, Latency, PartialBatch, Place};

use crate::methods::{Class, Method};
use crate::random::Sequence;

/// The troubles ordered.
#[derive(Debug, Default)]
pub struct Faults {
    ordered: Vec<Ordered>,
    last_id: u64,
}

#[derive(Debug, Serialize)]
struct Ordered {
    id: u64,
    /// Calls that matched.
    matched: u64,
    /// Calls that it happened to.
    played: u64,
    /// Calls that wait until they are told to go on: each does once its sender is dropped.
    #[serde(skip)]
    held: Vec<Sender<()>>,
    #[serde(flatten)]
    fault: Fault,
    #[serde(skip)]
    dice: Sequence,
}

/// A trouble.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Glob of a method id (`people.batch*`), or `read`, `write`, `oauth`.
    #[serde(rename = "match", default = "everything")]
    pub pattern: String,
    /// Only calls of this account (e-mail).
    #[serde(default)]
    pub user: Option<String>,
    /// So many matching calls pass first.
    #[serde(default)]
    pub skip: u64,
    /// It happens so many times; 0 = without end.
    #[serde(default = "once")]
    pub times: u64,
    /// It happens to every so-manieth matching call.
    #[serde(default = "once")]
    pub every: u64,
    /// It happens with this probability.
    #[serde(default = "certainly")]
    pub probability: f64,
    /// Seed of the probability.
    #[serde(default = "once")]
    pub seed: u64,
    /// Only where the path holds this.
    #[serde(default)]
    pub path_contains: Option<String>,
    /// Only where the body holds this.
    #[serde(default)]
    pub body_contains: Option<String>,
    /// Only where the query has this parameter.
    #[serde(default)]
    pub has_query: Option<String>,
    /// What happens.
    pub action: Action,
}

fn everything() -> String {
    "*".to_owned()
}
fn once() -> u64 {
    1
}
fn certainly() -> f64 {
    1.0
}

/// What a call is matched by.
#[derive(Debug)]
pub struct Subject<'a> {
    /// Method.
    pub method: &'static Method,
    /// Account.
    pub user: Option<&'a str>,
    /// Path as sent.
    pub path: &'a str,
    /// Query.
    pub query: &'a [(String, String)],
    /// Body.
    pub body: &'a [u8],
}

impl Faults {
    /// Orders a trouble; the number names it in the log.
    pub fn order(&mut self, fault: Fault) -> u64 {
        self.last_id += 1;
        let dice = Sequence::new(fault.seed);
        self.ordered.push(Ordered {
            id: self.last_id,
            matched: 0,
            played: 0,
            held: Vec::new(),
            fault,
            dice,
        });
        self.last_id
    }

    /// Lets a call that this trouble happened to wait; none where the trouble is cancelled already.
    pub fn hold(&mut self, id: u64) -> Option<Receiver<()>> {
        let ordered = self.ordered.iter_mut().find(|ordered| ordered.id == id)?;
        let (sender, receiver) = oneshot::channel();
        ordered.held.push(sender);
        Some(receiver)
    }

    /// How many calls wait.
    #[must_use]
    pub fn held(&self) -> usize {
        self.ordered.iter().map(|ordered| ordered.held.len()).sum()
    }

    /// Tells the calls that wait to go on.
    pub fn release(&mut self) {
        for ordered in &mut self.ordered {
            ordered.held.clear();
        }
    }

    /// Cancels all, and tells the calls that wait to go on.
    pub fn clear(&mut self) {
        self.ordered.clear();
    }

    /// All, with how often each matched and happened.
    #[must_use]
    pub fn list(&self) -> Value {
        serde_json::to_value(&self.ordered).unwrap_or_default()
    }

    /// What happens to a call: the first trouble whose turn it is.
    pub fn strike(&mut self, subject: &Subject<'_>) -> Option<(u64, Action)> {
        let mut struck = None;
        for ordered in self.ordered.iter_mut().filter(|ordered| ordered.fault.matches(subject)) {
            if ordered.comes_up() && struck.is_none() {
                ordered.played += 1;
                struck = Some((ordered.id, ordered.fault.action.clone()));
            }
        }
        struck
    }
}

impl Ordered {
    fn comes_up(&mut self) -> bool {
        self.matched += 1;
        let turn = self.matched.checked_sub(self.fault.skip + 1);
        let due = turn.is_some_and(|turn| (turn + 1).is_multiple_of(self.fault.every.max(1)));
        let left = self.fault.times == 0 || self.played < self.fault.times;
        due && left && (self.fault.probability >= 1.0 || self.dice.chance(self.fault.probability))
    }
}

impl Fault {
    fn matches(&self, subject: &Subject<'_>) -> bool {
        let holds = |part: &Option<String>, whole: &str| part.as_ref().is_none_or(|part| whole.contains(part.as_str()));
        let of_user = |user: &String| subject.user.is_some_and(|known| known.eq_ignore_ascii_case(user));
        let queried = |name: &String| subject.query.iter().any(|(key, _)| key == name);
        let class = match self.pattern.as_str() {
            "read" => Some(Class::Read),
            "write" => Some(Class::Write),
            "oauth" => Some(Class::OAuth),
            _ => None,
        };
        let named = match class {
            Some(class) => subject.method.class == class,
            None => glob(&self.pattern, subject.method.id),
        };
        named
            && self.user.as_ref().is_none_or(of_user)
            && self.has_query.as_ref().is_none_or(queried)
            && holds(&self.path_contains, subject.path)
            && holds(&self.body_contains, &String::from_utf8_lossy(subject.body))
    }
}

/// `*` stands for any text.
fn glob(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, tail)) => text.strip_prefix(head).is_some_and(|rest| {
            tail.is_empty() || (0..=rest.len()).any(|at| rest.get(at..).is_some_and(|rest| glob(tail, rest)))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs() {
        assert!(glob("people.*", "people.createContact"));
        assert!(glob("*Contact*", "people.batchCreateContacts"));
        assert!(!glob("people.get", "people.getBatchGet"));
        assert!(!glob("oauth.*", "people.get"));
    }

    #[test]
    fn skip_every_and_times() {
        let fault = serde_json::json!({"match": "*", "skip": 1, "every": 2, "times": 2, "action": "drop_after"});
        let mut faults = Faults::default();
        faults.order(serde_json::from_value(fault).unwrap());
        let method = crate::methods::METHODS.first().unwrap();
        let mut strike = || {
            let subject = Subject {
                method,
                user: None,
                path: "",
                query: &[],
                body: b"",
            };
            faults.strike(&subject).is_some()
        };
        let struck = (0..8).map(|_| strike()).collect::<Vec<_>>();
        assert_eq!(struck, [false, false, true, false, true, false, false, false]);
    }
}
