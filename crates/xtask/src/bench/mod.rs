// SPDX-License-Identifier: GPL-3.0-or-later
//! `cargo xtask bench`: each figure beside what it is held against, measured in the same run.

mod check;
mod export;
mod extension;
mod figure;
mod ground;
mod memory;
mod peers;
mod trigger;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::artefacts::{self, Profile};
use crate::site::{Plan, Site};
use crate::{packages, process, repository, trees};
use figure::{Figure, Form};
use ground::Ground;

/// What `bench` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Writes one JSON object a line and nothing else.
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Writes the table of docs/benchmarks.md.
    #[arg(long)]
    markdown: bool,
    /// Measures less, in about a minute.
    #[arg(long)]
    quick: bool,
}

/// How much is measured.
pub struct Extent {
    /// Starts of PHP with the extension, and as many without.
    starts: usize,
    /// Contacts of the exports.
    exports: &'static [u64],
    /// Contacts of the export that is measured beside its peers.
    beside_peers: u64,
    /// Contacts of the export whose memory is measured.
    large: u64,
}

const FULL: Extent = Extent {
    starts: 60,
    exports: &[1000, 5000],
    beside_peers: 5000,
    large: 25_000,
};

const QUICK: Extent = Extent {
    starts: 15,
    exports: &[1000],
    beside_peers: 1000,
    large: 2000,
};

/// Measures and writes the figures.
pub fn run(options: &Options) -> Result<()> {
    packages::ensure()?;
    packages::ensure_python()?;
    // The extension as it is shipped.
    artefacts::build("gcontacts-php", Profile::Dist)?;
    artefacts::build("people-emulator", Profile::Release)?;
    let extension = artefacts::extension(Profile::Dist);
    let extent = if options.quick { QUICK } else { FULL };
    let form = match (options.json, options.markdown) {
        (true, _) => Form::Json,
        (_, true) => Form::Markdown,
        _ => Form::Text,
    };
    let show = |figures: Vec<Figure>| figures.iter().for_each(|figure| figure.write(form));
    figure::heading(form);
    show(extension::loading(&extension, extent.starts)?);
    show(extension::planning(&extension)?);
    let site = site()?;
    show(trigger::trigger(&site)?);
    let ground = Ground::new(&site, extension)?;
    for contacts in extent.exports {
        export::exports(&ground, *contacts, &show)?;
    }
    show(export::adoption(&ground)?);
    peers::peers(&ground, extent.beside_peers, &show)?;
    show(memory::memory(&ground, extent.large)?);
    check::check(&ground, extent.large, &show)
}

/// A fresh site of the optimised builds.
fn site() -> Result<Site> {
    let tree = trees::preferred().context("no Dolibarr to measure in")?;
    let mut plan = Plan::new(tree, &repository::target().join("sites/bench"));
    plan.reset = true;
    plan.extension = Some(artefacts::extension(Profile::Dist));
    plan.emulator = artefacts::emulator(Profile::Release);
    let site = Site::start(&plan)?;
    if let Some(problem) = site.problems.first() {
        bail!("{problem}");
    }
    Ok(site)
}

fn script(name: &str) -> PathBuf {
    repository::root().join("crates/xtask/src/bench").join(name)
}

fn measured(command: &mut Command) -> Result<Value> {
    let text = process::output_of(command)?;
    serde_json::from_str(text.trim()).with_context(|| format!("no figures in: {text}"))
}

fn number(measured: &Value, pointer: &str) -> Result<f64> {
    measured
        .pointer(pointer)
        .and_then(Value::as_f64)
        .with_context(|| format!("no {pointer} among the figures"))
}

fn text<'v>(value: &'v Value, pointer: &str) -> Result<&'v str> {
    let text = value.pointer(pointer).and_then(Value::as_str);
    text.with_context(|| format!("no text at {pointer}"))
}

fn list<'v>(value: &'v Value, pointer: &str) -> Result<&'v [Value]> {
    let list = value.pointer(pointer).and_then(Value::as_array);
    list.map(Vec::as_slice).with_context(|| format!("no list at {pointer}"))
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_middle() {
        assert!((median(vec![9.0, 1.0, 3.0]) - 3.0).abs() < f64::EPSILON);
    }
}
