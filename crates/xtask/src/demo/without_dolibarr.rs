// SPDX-License-Identifier: GPL-3.0-or-later
//! The demonstration where no Dolibarr can be had: the real extension and a sample address book, from the command line.

use std::fs;

use anyhow::{Context, Result};

use crate::artefacts::{self, Profile};
use crate::site::emulator::Emulator;
use crate::site::or_free;
use crate::site::php::Php;
use crate::{process, repository, signals};

/// Sends the sample to the emulator; then stays until Ctrl-C if `stay`.
///
/// # Errors
/// When a contact did not arrive.
pub fn run(stay: bool) -> Result<()> {
    println!("\nThere is no Dolibarr here. The same job runs without it: the extension sends a sample address book.");
    let home = repository::target().join("demo-without-dolibarr");
    fs::create_dir_all(&home)?;
    let home = home.canonicalize()?;
    let php = Php::prepare(&home, Some(&artefacts::extension(Profile::Debug)), or_free(0)?)?;
    // The address that Google sends the browser back to: nothing listens there, its query is read.
    let program = artefacts::emulator(Profile::Debug);
    let emulator = Emulator::start(&program, &home, php.emulator_port, "http://localhost")?;
    let emulator = emulator.context("no emulator was built")?;
    let mut command = php.command();
    command
        .env("GCONTACTS_EMULATOR_URL", &emulator.url)
        .env("GCONTACTS_SITE_URL", "http://localhost");
    let told = process::output_of(command.arg(repository::site_scripts().join("without_dolibarr.php")))?;
    println!("{told}\n  Address book   {}/   (as a phone shows it)", emulator.url);
    if stay {
        println!("\nCtrl-C ends it.");
        while !signals::stop_requested() {
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
    }
    Ok(())
}
