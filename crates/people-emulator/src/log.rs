// SPDX-License-Identifier: GPL-3.0-or-later
//! What the server was asked and what it answered, for tests to read.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::quota::{Bucket, Units};

/// Entries kept; counts go on beyond.
const LIMIT: usize = 50_000;

/// The log.
#[derive(Debug, Default, Serialize)]
pub struct Log {
    /// Calls so far.
    pub total: u64,
    /// Calls by method and status (`dropped` where the connection was closed instead).
    pub counts: BTreeMap<String, BTreeMap<String, u64>>,
    /// Things that were tolerated and that a good client does not do.
    pub warnings: Warnings,
    /// Quota units charged.
    pub units: BTreeMap<Bucket, u64>,
    /// Mutations that began while another one of the same account was under way.
    pub overlapping_mutations: u64,
    /// Most calls at a time.
    pub max_in_flight: u64,
    /// The calls, oldest first.
    pub entries: Vec<Entry>,
}

/// One call.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// Position.
    pub n: u64,
    /// When it came.
    pub time: String,
    /// Method id, `people.createContact`.
    pub method: String,
    /// HTTP verb.
    pub verb: String,
    /// Path.
    pub path: String,
    /// Query without credentials.
    pub query: Vec<(String, String)>,
    /// HTTP status; 0 where the connection was closed instead.
    pub status: u16,
    /// E-mail of the account, where the token told it.
    pub user: Option<String>,
    /// Resource names that the call read or wrote.
    pub names: Vec<String>,
    /// What was tolerated.
    pub warnings: Warnings,
    /// Calls of the same account under way, this one included.
    pub in_flight: u64,
    /// Mutations of the same account under way, this one included.
    pub mutations_in_flight: u64,
    /// Fault that was played.
    pub fault: Option<u64>,
    /// The request's JSON, where the settings keep it.
    pub body: Option<Value>,
    /// The error's message.
    pub error: Option<String>,
}

/// Counters of tolerated things by name.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub struct Warnings(BTreeMap<&'static str, u64>);

impl Warnings {
    /// Counts one.
    pub fn count(&mut self, name: &'static str) {
        self.add(name, 1);
    }

    /// Counts some.
    pub fn add(&mut self, name: &'static str, times: u64) {
        if times > 0 {
            *self.0.entry(name).or_default() += times;
        }
    }
}

impl Log {
    /// Appends a call.
    pub fn append(&mut self, mut entry: Entry, charged: &[Units]) {
        self.total += 1;
        entry.n = self.total;
        let status = if entry.status == 0 {
            "dropped".to_owned()
        } else {
            entry.status.to_string()
        };
        *self
            .counts
            .entry(entry.method.clone())
            .or_default()
            .entry(status)
            .or_default() += 1;
        for (name, times) in &entry.warnings.0 {
            self.warnings.add(name, *times);
        }
        for (bucket, amount) in charged.iter().copied().flatten() {
            *self.units.entry(*bucket).or_default() += amount;
        }
        self.max_in_flight = self.max_in_flight.max(entry.in_flight);
        self.overlapping_mutations += u64::from(entry.mutations_in_flight > 1);
        if self.entries.len() < LIMIT {
            self.entries.push(entry);
        }
    }
}
