// SPDX-License-Identifier: GPL-3.0-or-later
//! `cargo xtask`: what cargo alone cannot do. Alone it lists its verbs.
//!
//! Each verb has a file of its name; the running Dolibarr that most of them need is in [`site`].

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool speaks to its terminal"
)]

mod artefacts;
mod bench;
mod demo;
mod dist;
mod fuzz;
mod http;
mod link;
mod packages;
mod process;
mod release;
mod repository;
mod signals;
mod site;
mod switches;
mod test;
mod trees;

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, Parser, Subcommand};

/// Sets up, demonstrates, tests, packages and measures GContacts.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct CommandLine {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Subcommand)]
enum Verb {
    /// Runs a Dolibarr with sample contacts that reach a local address book.
    Demo(demo::Options),
    /// Runs every test suite; the last line counts.
    Test(test::Options),
    /// Runs a Dolibarr of one tree with the module and the emulator until it is stopped.
    Site(site::Options),
    /// Links the module into a Dolibarr's htdocs, for development.
    Link(link::Options),
    /// Measures what the module costs, each figure beside what it is held against.
    Bench(bench::Options),
    /// Holds the laws against millions of odd cases.
    Fuzz(fuzz::Options),
    /// Runs the tests of client and engine under each switch of what Google leaves open.
    Switches(switches::Options),
    /// Makes the package for Dolibarr's uploader and the extension beside it.
    Dist,
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    signals::watch()?;
    match CommandLine::parse().verb {
        None => CommandLine::command().print_help()?,
        Some(Verb::Demo(options)) => demo::run(&options)?,
        Some(Verb::Test(options)) => return test::run(&options),
        Some(Verb::Site(options)) => site::run(&options)?,
        Some(Verb::Link(options)) => link::run(&options)?,
        Some(Verb::Bench(options)) => bench::run(&options)?,
        Some(Verb::Fuzz(options)) => fuzz::run(&options)?,
        Some(Verb::Switches(options)) => switches::run(&options)?,
        Some(Verb::Dist) => dist::run()?,
    }
    Ok(ExitCode::SUCCESS)
}
