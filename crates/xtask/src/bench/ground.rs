// SPDX-License-Identifier: GPL-3.0-or-later
//! What the exports are measured on: a Dolibarr, an account of the emulator, and clients that are run to their end.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::{measured, number, script, text};
use crate::http::Browser;
use crate::site::Site;
use crate::{packages, process, repository};

/// Milliseconds that a call of Google's takes, more or less.
pub const LATENCY: u64 = 100;

/// Methods of the People API that change nothing.
const READS: [&str; 6] = [
    "people.connections.list",
    "people.get",
    "people.getBatchGet",
    "people.searchContacts",
    "contactGroups.list",
    "contactGroups.get",
];

/// A site, and what is needed to measure in it.
pub struct Ground<'s> {
    site: &'s Site,
    emulator: String,
    /// The extension that is measured.
    pub extension: PathBuf,
    /// Python with the official client.
    pub python: PathBuf,
}

/// What a process cost, without those it talked to.
pub struct Cost {
    /// By the clock.
    pub seconds: f64,
    /// Seconds of processor time, the kernel's for it included.
    pub processor: f64,
    /// Bytes of its highest resident set.
    pub memory: f64,
    /// What it wrote.
    pub output: String,
}

/// The calls that the address book saw.
pub struct Calls {
    /// All of them.
    pub all: u64,
    /// Those that change something.
    pub writes: u64,
}

impl<'s> Ground<'s> {
    /// Makes ready what is missing.
    pub fn new(site: &'s Site, extension: PathBuf) -> Result<Self> {
        let emulator = site.emulator.as_ref().context("the emulator was not built")?;
        Ok(Self {
            site,
            emulator: emulator.url.clone(),
            extension,
            python: packages::ensure_python()?,
        })
    }

    /// The emulator's address.
    pub fn emulator(&self) -> &str {
        &self.emulator
    }

    /// A file that measures exchange.
    pub fn file(&self, name: &str) -> PathBuf {
        self.site.home().join(name)
    }

    /// Makes so many contacts in Dolibarr and connects an account of so many cards; gives the number of labels to be made.
    pub fn contacts(&self, contacts: u64, cards: u64) -> Result<u64> {
        let counts = [contacts.to_string(), cards.to_string()];
        let made = self.prepare("export/contacts.php", &counts)?;
        made.pointer("/labels").and_then(Value::as_u64).context("no labels")
    }

    /// Runs a script of Dolibarr's side that is not measured.
    pub fn prepare(&self, name: &str, arguments: &[String]) -> Result<Value> {
        let mut command = self.site.php();
        command.env("GCONTACTS_BENCH_SITE", repository::site_scripts());
        measured(command.arg(script(name)).args(arguments))
    }

    /// Runs the module's command, and demands that all went well.
    pub fn gcontacts(&self, arguments: &[&str]) -> Result<Cost> {
        let cost = self.cost(&self.command(arguments))?;
        let answer: Value = serde_json::from_str(cost.output.trim())?;
        let told = |name: &str| answer.get(name).and_then(Value::as_u64);
        if (told("failed"), told("left")) != (Some(0), Some(0)) {
            bail!("not all was sent: {answer}");
        }
        Ok(cost)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.site.php();
        let program = self.site.dolibarr.htdocs.join("custom/gcontacts/scripts/gcontacts.php");
        command.arg(program).args(arguments).arg("--json");
        command
    }

    /// Runs the module's full check, and demands that nothing differs.
    pub fn check(&self) -> Result<Cost> {
        self.cost(&self.command(&["check", "--full"]))
    }

    /// PHP without Dolibarr, with the extension.
    pub fn php_alone(&self) -> Command {
        let mut command = Command::new("php");
        for setting in [
            "memory_limit=-1".to_owned(),
            format!("extension={}", self.extension.display()),
            format!("gcontacts.people_endpoint={}", self.emulator),
            format!("gcontacts.oauth_endpoint={}", self.emulator),
        ] {
            command.arg("-d").arg(setting);
        }
        command
    }

    /// Runs a client to its end.
    pub fn cost(&self, client: &Command) -> Result<Cost> {
        let mut command = Command::new(&self.python);
        command.arg(script("export/measured.py")).arg(client.get_program());
        command.args(client.get_args());
        for (name, value) in client.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let figures: Value = serde_json::from_str(process::output_of(&mut command)?.trim())?;
        Ok(Cost {
            seconds: number(&figures, "/seconds")?,
            processor: number(&figures, "/processor")?,
            memory: number(&figures, "/memory")?,
            output: text(&figures, "/output")?.to_owned(),
        })
    }

    /// Sets how long each call takes, forgets the calls so far, and gives what `run` cost with the calls that it made.
    pub fn at_latency(&self, milliseconds: u64, run: impl FnOnce() -> Result<Cost>) -> Result<(Cost, Calls)> {
        let latency = json!({"read": milliseconds, "write": milliseconds});
        self.configure(&json!({"latency_ms": latency, "latency_includes_work": true}))?;
        let before = self.calls()?;
        let cost = run()?;
        let after = self.calls()?;
        self.configure(&json!({"latency_ms": {}}))?;
        let calls = Calls {
            all: after.all - before.all,
            writes: after.writes - before.writes,
        };
        Ok((cost, calls))
    }

    /// An empty address book, and a token of it.
    pub fn empty_account(&self) -> Result<String> {
        self.post("/_reset", &json!({}))?;
        self.configure(&json!({"log_bodies": false, "max_contacts": 60_000}))?;
        let tokens = self.post("/_token", &json!({}))?;
        Ok(text(&tokens, "/access_token")?.to_owned())
    }

    /// Changes settings of the emulator.
    pub fn configure(&self, settings: &Value) -> Result<()> {
        self.post("/_config", settings).map(drop)
    }

    /// Posts to a control of the emulator.
    pub fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let answer = Browser::default().post_json(&format!("{}{path}", self.emulator), body)?;
        if answer.status != 200 {
            bail!("{path} of the emulator: {} {}", answer.status, answer.body);
        }
        Ok(serde_json::from_str(&answer.body)?)
    }

    /// Reads a control of the emulator.
    pub fn get(&self, path: &str) -> Result<Value> {
        let answer = Browser::default().get(&format!("{}{path}", self.emulator))?;
        Ok(serde_json::from_str(&answer.body)?)
    }

    fn calls(&self) -> Result<Calls> {
        let log = self.get("/_log")?;
        let counts: BTreeMap<String, BTreeMap<String, u64>> =
            serde_json::from_value(log.get("counts").cloned().unwrap_or_default())?;
        let mut calls = Calls { all: 0, writes: 0 };
        for (method, by_status) in counts {
            let is_of_the_book = method.starts_with("people.") || method.starts_with("contactGroups.");
            let count = if is_of_the_book { by_status.values().sum() } else { 0 };
            calls.all += count;
            calls.writes += if READS.contains(&method.as_str()) { 0 } else { count };
        }
        Ok(calls)
    }
}

/// Writes JSON to a file that a client reads.
pub fn write(file: &Path, value: &Value) -> Result<()> {
    fs::write(file, value.to_string()).with_context(|| format!("cannot write {}", file.display()))
}
