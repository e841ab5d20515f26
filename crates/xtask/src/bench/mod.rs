// SPDX-License-Identifier: GPL-3.0-or-later
//! `cargo xtask bench`: each figure beside what it is held against, measured in the same run.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::artefacts::{self, Profile};
use crate::site::{Plan, Site};
use crate::{packages, process, repository, signals, trees};

/// Starts of PHP with the extension, and as many without.
const STARTS: usize = 60;

/// What `bench` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Writes one JSON object a line and nothing else.
    #[arg(long)]
    json: bool,
}

/// A measured figure.
struct Figure {
    name: &'static str,
    value: f64,
    unit: &'static str,
    /// What it should stay under.
    aim: f64,
    /// What cannot be undercut, or what others need for the like.
    beside: Beside,
}

enum Beside {
    Floor(&'static str, f64),
    Peer(&'static str, f64),
}

/// Measures and writes the figures.
pub fn run(options: &Options) -> Result<()> {
    packages::ensure()?;
    artefacts::build("gcontacts-php", Profile::Release)?;
    let extension = artefacts::extension(Profile::Release);
    for measure in [loading, mapping, trigger] {
        for figure in measure(&extension)? {
            figure.write(options.json);
        }
    }
    Ok(())
}

impl Figure {
    fn write(&self, as_json: bool) {
        let (kind, name, value) = match self.beside {
            Beside::Floor(name, value) => ("floor", name, value),
            Beside::Peer(name, value) => ("peer", name, value),
        };
        if as_json {
            let line = json!({
                "name": self.name, "value": rounded(self.value), "unit": self.unit, "aim": self.aim,
                kind: rounded(value), format!("{kind}_name"): name,
            });
            println!("{line}");
        } else {
            let (figure, unit) = (rounded(self.value), self.unit);
            println!(
                "{:<34}{figure:>9} {unit}   aim {}, {kind} {} ({name})",
                self.name,
                self.aim,
                rounded(value)
            );
        }
    }
}

/// What PHP's start takes longer with the extension; beside it, with PHP's own curl.
fn loading(extension: &Path) -> Result<Vec<Figure>> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        if signals::stop_requested() {
            bail!("stopped on request");
        }
        let bare = start(None)?;
        ours.push(start(Some(extension))? - bare);
        theirs.push(start(Some(Path::new("curl")))? - bare);
    }
    let beside = Beside::Peer("loading PHP's curl", median(theirs));
    Ok(vec![Figure {
        name: "extension_load",
        value: median(ours),
        unit: "ms",
        aim: 1.5,
        beside,
    }])
}

/// Milliseconds of one start of PHP.
fn start(extension: Option<&Path>) -> Result<f64> {
    let mut command = Command::new("php");
    command.arg("-n");
    if let Some(extension) = extension {
        command.arg("-d").arg(format!("extension={}", extension.display()));
    }
    let started = Instant::now();
    process::output_of(command.args(["-r", ""]))?;
    Ok(milliseconds(started.elapsed()))
}

/// 10,000 full records through the extension; beside it, what `json_encode()` needs for the same arrays.
fn mapping(extension: &Path) -> Result<Vec<Figure>> {
    let mut command = Command::new("php");
    command
        .args(["-n", "-d", "memory_limit=-1", "-d"])
        .arg(format!("extension={}", extension.display()));
    let measured = measured(command.arg(script("mapping.php")))?;
    let beside = Beside::Floor("json_encode of the same arrays", number(&measured, "/json")?);
    let value = number(&measured, "/extension")?;
    Ok(vec![Figure {
        name: "plan_10000_full_records",
        value,
        unit: "ms",
        aim: 300.0,
        beside,
    }])
}

/// What the module adds to `Contact::create()` and `update()` at the median; beside it, one plain INSERT.
fn trigger(extension: &Path) -> Result<Vec<Figure>> {
    let tree = trees::preferred().context("no Dolibarr to measure the trigger in")?;
    let mut plan = Plan::new(tree, &repository::target().join("sites/bench"));
    plan.reset = true;
    plan.extension = Some(extension.to_owned());
    let site = Site::start(&plan)?;
    if let Some(problem) = site.problems.first() {
        bail!("{problem}");
    }
    let mut command = site.php();
    command
        .env("GCONTACTS_BENCH_SITE", repository::site_scripts())
        .arg(script("trigger.php"));
    let measured = measured(&mut command)?;
    let insert = number(&measured, "/insert")?;
    let figure = |name, pointer| -> Result<Figure> {
        let beside = Beside::Floor("one plain INSERT", insert);
        Ok(Figure {
            name,
            value: number(&measured, pointer)?,
            unit: "ms",
            aim: 1.0,
            beside,
        })
    };
    Ok(vec![
        figure("trigger_on_create", "/create/added")?,
        figure("trigger_on_update", "/update/added")?,
    ])
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

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_middle() {
        assert!((median(vec![9.0, 1.0, 3.0]) - 3.0).abs() < f64::EPSILON);
    }
}
