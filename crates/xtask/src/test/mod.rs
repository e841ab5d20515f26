// SPDX-License-Identifier: GPL-3.0-or-later
//! `cargo xtask test`: every suite, in the order in which a mistake is cheapest to find, and one line of counts at the end.

mod dolibarr;
mod outcome;
mod packaging;
mod php;
mod python;
mod rust;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::artefacts::{self, Profile};
use crate::trees::{self, Tree};
use crate::{packages, repository, signals};
use outcome::Outcome;

/// No suite may take longer, on a machine that is busy with other things.
const LIMIT: Duration = Duration::from_mins(90);

/// What `test` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Runs these suites only.
    #[arg(long, value_delimiter = ',', value_name = "SUITE")]
    only: Vec<String>,
    /// Runs the suites that need a Dolibarr in this version only, and not in each.
    #[arg(long, value_name = "VERSION")]
    tree: Option<String>,
    /// Lists the suites.
    #[arg(long)]
    list: bool,
}

/// Something that can pass or fail as a whole or in parts.
struct Suite {
    name: &'static str,
    about: &'static str,
    run: fn(&Run) -> Result<Outcome>,
}

const SUITES: [Suite; 15] = [
    Suite {
        name: "format",
        about: "Rust files are formatted",
        run: rust::format,
    },
    Suite {
        name: "lint",
        about: "clippy has no complaint",
        run: rust::lint,
    },
    Suite {
        name: "crates",
        about: "tests of the crates",
        run: rust::crates,
    },
    Suite {
        name: "switches",
        about: "client and engine, whichever way Google does what it leaves open",
        run: rust::switches,
    },
    Suite {
        name: "licences",
        about: "cargo-deny accepts every dependency",
        run: rust::licences,
    },
    Suite {
        name: "php-syntax",
        about: "every PHP file can be read by PHP",
        run: php::syntax,
    },
    Suite {
        name: "php-style",
        about: "PHP files follow Dolibarr's rules",
        run: php::style,
    },
    Suite {
        name: "phpt",
        about: "the extension, by PHP's own test runner",
        run: php::phpt,
    },
    Suite {
        name: "php",
        about: "the extension, by PHPUnit",
        run: php::units,
    },
    Suite {
        name: "emulator",
        about: "the emulator, by Google's own client",
        run: python::emulator,
    },
    Suite {
        name: "dolibarr",
        about: "the module inside each Dolibarr",
        run: dolibarr::module,
    },
    Suite {
        name: "browser",
        about: "the module in a real browser",
        run: dolibarr::browser,
    },
    Suite {
        name: "dolibarr-own",
        about: "Dolibarr's own tests with the module on",
        run: dolibarr::own,
    },
    Suite {
        name: "demo",
        about: "the demonstration from end to end",
        run: packaging::demo,
    },
    Suite {
        name: "dist",
        about: "the package is reproducible",
        run: packaging::dist,
    },
];

/// What a suite is given.
struct Run {
    suite: &'static str,
    logs: PathBuf,
    trees: Vec<Tree>,
}

impl Run {
    /// The file that keeps what the suite writes.
    fn log(&self) -> PathBuf {
        self.file(&format!("{}.log", self.suite))
    }

    /// A file of the suite's own among the logs.
    fn file(&self, name: &str) -> PathBuf {
        self.logs.join(name)
    }
}

/// Runs the suites; the line of counts is the last that is written.
///
/// # Errors
/// When no suite could be run for want of something.
pub fn run(options: &Options) -> Result<ExitCode> {
    if options.list {
        for suite in &SUITES {
            println!("{:<14}{}", suite.name, suite.about);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let suites = chosen(&options.only)?;
    let logs = repository::target().join("test-logs");
    fs::create_dir_all(&logs)?;
    let trees = match &options.tree {
        Some(version) => vec![trees::named(version)?],
        None => trees::all(),
    };
    prepare(&suites)?;
    let mut report = Vec::new();
    for suite in suites {
        let run = Run {
            suite: suite.name,
            logs: logs.clone(),
            trees: trees.clone(),
        };
        report.push(run_one(suite, &run));
        if signals::stop_requested() {
            break;
        }
    }
    Ok(finish(&report))
}

fn chosen(only: &[String]) -> Result<Vec<&'static Suite>> {
    for name in only {
        if !SUITES.iter().any(|suite| suite.name == name) {
            let names: Vec<&str> = SUITES.iter().map(|suite| suite.name).collect();
            bail!("no suite {name}; there are: {}", names.join(", "));
        }
    }
    Ok(SUITES
        .iter()
        .filter(|suite| only.is_empty() || only.iter().any(|name| name == suite.name))
        .collect())
}

/// Installs and builds what the suites need, once.
fn prepare(suites: &[&Suite]) -> Result<()> {
    packages::ensure()?;
    let needs = |names: &[&str]| suites.iter().any(|suite| names.contains(&suite.name));
    if needs(&["phpt", "php", "dolibarr", "browser", "dolibarr-own", "demo"]) {
        artefacts::build("gcontacts-php", Profile::Debug)?;
    }
    if needs(&["php", "emulator", "dolibarr", "browser", "dolibarr-own", "demo"]) {
        artefacts::build("people-emulator", Profile::Debug)?;
    }
    Ok(())
}

struct Line {
    name: &'static str,
    outcome: Outcome,
    took: Duration,
}

fn run_one(suite: &'static Suite, run: &Run) -> Line {
    println!("\n=== {}: {}", suite.name, suite.about);
    // Last run's words are no longer true; a log that is not there is fine.
    let _absent = fs::remove_file(run.log());
    let started = Instant::now();
    let mut outcome = (suite.run)(run).unwrap_or_else(|error| {
        println!("{error:#}");
        Outcome::failure(&format!("{error:#}"))
    });
    if outcome.is_empty() {
        outcome = Outcome::skipped("no test was found");
    }
    Line {
        name: suite.name,
        outcome,
        took: started.elapsed(),
    }
}

fn finish(report: &[Line]) -> ExitCode {
    println!(
        "\n=== Summary (logs in {})",
        repository::target().join("test-logs").display()
    );
    let mut total = Outcome::default();
    for line in report {
        println!("{:<14}{:>6.1} s   {}", line.name, line.took.as_secs_f32(), line.outcome);
        for remark in &line.outcome.remarks {
            println!("{:<14}{:>8}   {remark}", "", "");
        }
        total.add(&line.outcome);
    }
    println!("{total}");
    if total.failed > 0 || signals::stop_requested() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
