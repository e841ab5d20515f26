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
mod http;
mod link;
mod process;
mod repository;
mod signals;
mod site;
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
    /// Runs a Dolibarr of one tree with the module and the emulator until it is stopped.
    Site(site::Options),
    /// Links the module into a Dolibarr's htdocs, for development.
    Link(link::Options),
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    signals::watch()?;
    match CommandLine::parse().verb {
        None => CommandLine::command().print_help().map_err(Into::into),
        Some(Verb::Site(options)) => site::run(&options),
        Some(Verb::Link(options)) => link::run(&options),
    }
}
