// SPDX-License-Identifier: GPL-3.0-or-later
//! The suites that need a Dolibarr: each in a site of its own, fresh from its installation.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use super::php::{phpunit, phpunit_program};
use super::{Outcome, Run, python};
use crate::site::server::Kind;
use crate::site::{Plan, Site};
use crate::trees::{self, Tree};
use crate::{repository, signals};

/// Tests of this group talk to the web server, and so they run under each.
const WEB_GROUP: &str = "web";

/// Tests of this group take minutes, for their troubles have real waits: one Dolibarr has them all.
const LONG_GROUP: &str = "long";

/// Both readings of what Google leaves open, by the emulator's profiles. Each Dolibarr has the first.
const PROFILES: [&str; 2] = ["strict", "lenient"];

/// Dolibarr's own test classes that touch what this module hooks into.
const OWN: [&str; 2] = ["ContactTest", "SocieteTest"];

pub(super) fn module(run: &Run) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for (number, tree) in run.trees.iter().enumerate() {
        let thorough = number == 0;
        let profiles = if thorough { &PROFILES[..] } else { &PROFILES[..1] };
        let builtin = profiles.iter().map(|profile| (Kind::Builtin, *profile));
        for (server, profile) in builtin.chain([(Kind::Fpm, PROFILES[0])]) {
            if signals::stop_requested() {
                bail!("stopped on request");
            }
            let part = module_in(run, tree, server, profile, thorough).unwrap_or_else(|error| {
                println!("{error:#}");
                Outcome::failure(&format!("{}: {error:#}", tree.version))
            });
            outcome.add(&part);
        }
    }
    Ok(or_no_tree(outcome))
}

fn module_in(run: &Run, tree: &Tree, server: Kind, profile: &str, thorough: bool) -> Result<Outcome> {
    let site = start(tree, server)?;
    println!(
        "--- Dolibarr {} under {}, Google {profile}",
        tree.version,
        server.name()
    );
    let notices = Notices::from_now(&site);
    let mut command = site.php();
    command
        .arg(phpunit_program()?)
        .arg("--configuration")
        .arg(repository::root().join("tests/dolibarr"));
    command.env("GCONTACTS_EMULATOR_SETTINGS", format!(r#"{{"profile": "{profile}"}}"#));
    if server == Kind::Fpm {
        command.args(["--group", WEB_GROUP]);
    } else if !thorough || profile != PROFILES[0] {
        command.args(["--exclude-group", LONG_GROUP]);
    }
    let mut outcome = phpunit(
        &mut command,
        run,
        &format!("dolibarr-{}-{}-{profile}", tree.version, server.name()),
    )?;
    if outcome.is_empty() {
        outcome = Outcome::skipped(&format!("no test of the group {WEB_GROUP}"));
    }
    outcome.add(&notices.outcome());
    Ok(outcome)
}

/// Tests in a browser that the oldest Dolibarr has too: what salespeople see.
const OLDEST: [&str; 3] = ["test_first_day.py", "test_tab.py", "test_check.py"];

/// All tests in the newest Dolibarr, and those of the contact's tab and Check synchro in the oldest.
pub(super) fn browser(run: &Run) -> Result<Outcome> {
    let Some((newest, older)) = run.trees.split_last() else {
        return Ok(or_no_tree(Outcome::default()));
    };
    let mut outcome = browser_in(run, newest, &[])?;
    if let Some(oldest) = older.first() {
        outcome.add(&browser_in(run, oldest, &OLDEST)?);
    }
    Ok(outcome)
}

fn browser_in(run: &Run, tree: &Tree, files: &[&str]) -> Result<Outcome> {
    println!("--- Dolibarr {}", tree.version);
    let site = start(tree, Kind::Builtin)?;
    let notices = Notices::from_now(&site);
    let mut environment = site.environment();
    environment.push((
        "GCONTACTS_SCREENSHOTS".to_owned(),
        run.file("screenshots").join(&tree.version).display().to_string(),
    ));
    let mut outcome = python::pytest(run, "browser", files, &environment)?;
    outcome.add(&notices.outcome());
    Ok(outcome)
}

pub(super) fn own(run: &Run) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for tree in &run.trees {
        if !tree
            .folder
            .join("test/phpunit")
            .join(format!("{}.php", OWN[0]))
            .is_file()
        {
            outcome.add(&Outcome::skipped(&format!(
                "{} comes without Dolibarr's own tests",
                tree.version
            )));
            continue;
        }
        let site = start(tree, Kind::Builtin)?;
        for class in OWN {
            let folder = site.dolibarr.htdocs.with_file_name("test").join("phpunit");
            let mut command = site.php();
            command
                .current_dir(&folder)
                .arg(phpunit_program()?)
                .arg(folder.join(format!("{class}.php")));
            outcome.add(&phpunit(&mut command, run, &format!("own-{}-{class}", tree.version))?);
        }
    }
    Ok(or_no_tree(outcome))
}

fn start(tree: &Tree, server: Kind) -> Result<Site> {
    let mut plan = Plan::new(tree.clone(), &repository::target().join("sites").join(&tree.version));
    plan.server = server;
    plan.reset = true;
    let site = Site::start(&plan)?;
    if let Some(problem) = site.problems.first() {
        bail!("{problem}");
    }
    if site.emulator.is_none() || site.dolibarr.php.extension.is_none() {
        bail!("the emulator or the extension was not built");
    }
    Ok(site)
}

/// PHP's complaints about files of ours, written since a moment.
struct Notices {
    log: std::path::PathBuf,
    before: usize,
}

impl Notices {
    fn from_now(site: &Site) -> Self {
        let log = site.home().join("logs/php-errors.log");
        let before = read(&log).len();
        Self { log, before }
    }

    fn outcome(&self) -> Outcome {
        let text = read(&self.log);
        let ours = [
            "/php-module/",
            "/custom/gcontacts/",
            "/core/triggers/interface_99_modGContacts",
        ];
        let since = text.get(self.before..).unwrap_or_default();
        let notices: Vec<&str> = since
            .lines()
            .filter(|line| line.contains("PHP ") && ours.iter().any(|ours| line.contains(ours)))
            .collect();
        let Some(first) = notices.first() else {
            return Outcome {
                passed: 1,
                ..Outcome::default()
            };
        };
        for notice in &notices {
            println!("{notice}");
        }
        Outcome::failure(&format!(
            "{} PHP notices of the module, the first: {first}",
            notices.len()
        ))
    }
}

fn read(log: &Path) -> String {
    fs::read(log)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}

fn or_no_tree(outcome: Outcome) -> Outcome {
    if !outcome.is_empty() {
        return outcome;
    }
    Outcome::skipped(&format!("no Dolibarr in {}", trees::folder().display()))
}
