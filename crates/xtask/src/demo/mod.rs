// SPDX-License-Identifier: GPL-3.0-or-later
//! `cargo xtask demo`: a Dolibarr with contacts, an address book that shows them as a phone would, and the module between.

mod connect;
mod form;
mod without_dolibarr;

use std::net::TcpListener;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::artefacts::{self, Profile};
use crate::http::Browser;
use crate::site::{Plan, Site};
use crate::trees::{self, Tree};
use crate::{packages, process, release, repository};

/// The port of the demonstration's Dolibarr, where it is free; the address book's follows it.
const PORT: u16 = 8750;

/// What `demo` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Sets everything up, checks that the contacts arrived, and stops.
    #[arg(long)]
    once: bool,
    /// The version of the Dolibarr to use; the newest stable one unless given.
    #[arg(long)]
    tree: Option<String>,
}

/// Runs the demonstration until Ctrl-C.
pub fn run(options: &Options) -> Result<()> {
    prepare()?;
    let Some(tree) = tree(options.tree.as_deref())? else {
        return without_dolibarr::run(!options.once);
    };
    let mut site = show(tree)?;
    if options.once {
        return Ok(());
    }
    announce(&site);
    site.serve()
}

/// Runs the demonstration from end to end and stops it.
///
/// # Errors
/// When a step fails or a contact did not arrive.
pub fn once() -> Result<()> {
    run(&Options { once: true, tree: None })
}

fn prepare() -> Result<()> {
    packages::ensure()?;
    println!("Building the extension and the emulator");
    artefacts::build("gcontacts-php", Profile::Debug)?;
    artefacts::build("people-emulator", Profile::Debug)
}

/// A Dolibarr, if one can be had.
fn tree(version: Option<&str>) -> Result<Option<Tree>> {
    if let Some(version) = version {
        return trees::named(version).map(Some);
    }
    if let Some(tree) = trees::preferred() {
        return Ok(Some(tree));
    }
    match release::fetch() {
        Ok(tree) => Ok(Some(tree)),
        Err(error) => {
            println!("{error:#}");
            Ok(None)
        }
    }
}

/// Sets the site up, connects the account, makes contacts and sends them.
fn show(tree: Tree) -> Result<Site> {
    println!("Setting up Dolibarr {}", tree.version);
    let mut plan = Plan::new(tree, &repository::target().join("demo"));
    plan.reset = true;
    (plan.port, plan.emulator_port) = (if_free(PORT), if_free(PORT + 1));
    let site = Site::start(&plan)?;
    if let Some(problem) = site.problems.first() {
        bail!("{problem}");
    }
    let google = site
        .emulator
        .as_ref()
        .map(|emulator| emulator.url.clone())
        .context("the emulator was not built")?;
    println!("Connecting the Google account through its consent page");
    let account = connect::connect(&site.dolibarr.url)?;
    println!("Creating companies, contacts and sales representatives");
    let created = sample(&site)?;
    println!("Sending");
    let sent = drain(&site)?;
    let there = cards(&google)?;
    for name in &created {
        if !there.iter().any(|card| card == name) {
            bail!(
                "{name} did not reach the address book, which holds {}:\n{sent}",
                there.join(", ")
            );
        }
    }
    println!(
        "\n{} contacts of Dolibarr are cards of {account}: {}",
        created.len(),
        created.join(", ")
    );
    Ok(site)
}

/// Says where to look.
fn announce(site: &Site) {
    let dolibarr = &site.dolibarr.url;
    println!("\n  Dolibarr       {dolibarr}/   (login admin, password admin)");
    println!("  Setup page     {dolibarr}/custom/gcontacts/admin/setup.php");
    println!("  Contacts       {dolibarr}/contact/list.php");
    if let Some(google) = &site.emulator {
        println!("  Address book   {}/   (as a phone shows it)", google.url);
    }
    println!("\nCtrl-C ends it.");
}

/// Creates the sample through Dolibarr's own classes, so that its triggers see it; gives the names to be found at Google.
fn sample(site: &Site) -> Result<Vec<String>> {
    let mut command = site.php();
    let names = process::output_of(command.arg(repository::site_scripts().join("sample.php")))?;
    let names: Vec<String> = names.lines().map(str::to_owned).collect();
    if names.is_empty() {
        bail!("no sample contact was created");
    }
    Ok(names)
}

fn drain(site: &Site) -> Result<String> {
    let script = site.dolibarr.htdocs.join("custom/gcontacts/scripts/gcontacts.php");
    process::output_of(site.php().arg(script).arg("drain"))
}

/// The names of all cards of the address book.
fn cards(google: &str) -> Result<Vec<String>> {
    let answer = Browser::default().get(&format!("{google}/_state"))?;
    let state: Value = serde_json::from_str(&answer.body).context("the emulator's state is not JSON")?;
    let contacts = state
        .get("contacts")
        .and_then(Value::as_array)
        .context("the emulator shows no contacts")?;
    Ok(contacts.iter().map(name).collect())
}

/// The name on a card, as first and last name.
fn name(card: &Value) -> String {
    let part = |key: &str| {
        card.pointer(&format!("/names/0/{key}"))
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    format!("{} {}", part("givenName"), part("familyName"))
        .trim()
        .to_owned()
}

/// The port if nobody has it, else 0 for any.
fn if_free(port: u16) -> u16 {
    if TcpListener::bind(("127.0.0.1", port)).is_ok() {
        port
    } else {
        0
    }
}
