// SPDX-License-Identifier: GPL-3.0-or-later
//! Recorded data beside the tests.

use std::path::PathBuf;

use gcontacts_people::Person;
use serde_json::Value;

/// Reads a file of `tests/fixtures`.
pub fn read(path: &str) -> String {
    let file: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/fixtures", path].iter().collect();
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// An exchange with Google: what is sent, and what comes back.
pub struct Exchange {
    /// Its name, for messages.
    pub name: &'static str,
    /// Method and target, for example `GET /v1/people/c1`.
    pub line: String,
    /// Body of the request.
    pub sent: Option<Value>,
    /// HTTP status of the answer.
    pub status: u16,
    /// Body of the answer.
    pub answered: Value,
}

/// Reads a recorded exchange: first line, empty line, JSON.
pub fn exchange(name: &'static str) -> Exchange {
    let split = |text: &str| {
        let (line, body) = text.split_once('\n').expect("a first line");
        (line.to_owned(), serde_json::from_str::<Value>(body).ok())
    };
    let (line, sent) = split(&read(&format!("exchanges/{name}_request.txt")));
    let (status, answered) = split(&read(&format!("exchanges/{name}_answer.txt")));
    Exchange {
        name,
        line,
        sent,
        status: status.parse().expect("a status"),
        answered: answered.expect("JSON"),
    }
}

/// Takes JSON for a person.
pub fn person(value: &Value) -> Person {
    serde_json::from_value(value.clone()).expect("a person")
}
