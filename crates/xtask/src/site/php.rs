// SPDX-License-Identifier: GPL-3.0-or-later
//! PHP as a site runs it: the machine's own settings, and one file of settings for this site on top of them.
//!
//! The file is read by every PHP of the site (web server, installation, cron, tests), so that none can differ.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// PHP with the settings of a site.
pub struct Php {
    /// The copy of the extension that this site loads.
    pub extension: Option<PathBuf>,
    /// Where the emulator will listen.
    pub emulator_port: u16,
    folder: PathBuf,
}

impl Php {
    /// Writes the settings; the extension is copied, so that a later build changes nothing in a running site.
    ///
    /// # Errors
    /// When the files cannot be written, or the extension does not load.
    pub fn prepare(home: &Path, extension: Option<&Path>, emulator_port: u16) -> Result<Self> {
        let folder = home.join("php");
        fs::create_dir_all(&folder)?;
        let errors = home.join("logs/php-errors.log");
        // One zone for all: Dolibarr stores local server time.
        let mut settings = format!(
            "date.timezone = Europe/Paris\nmemory_limit = 512M\nlog_errors = 1\nerror_reporting = E_ALL\n\
             error_log = \"{}\"\nopcache.enable_cli = 0\n",
            errors.display()
        );
        let extension = extension.map(|source| copy_extension(source, &folder)).transpose()?;
        if let Some(copy) = &extension {
            let google = format!("http://127.0.0.1:{emulator_port}");
            writeln!(settings, "extension = \"{}\"", copy.display())?;
            writeln!(
                settings,
                "gcontacts.people_endpoint = \"{google}\"\ngcontacts.oauth_endpoint = \"{google}\""
            )?;
        }
        fs::write(folder.join("99-site.ini"), settings)?;
        Ok(Self {
            extension,
            emulator_port,
            folder,
        })
    }

    /// The value of `PHP_INI_SCAN_DIR`: PHP's own folder, then the site's.
    pub fn scan_folders(&self) -> String {
        format!(":{}", self.folder.display())
    }

    /// The command line PHP.
    pub fn command(&self) -> Command {
        let mut command = Command::new("php");
        command.env("PHP_INI_SCAN_DIR", self.scan_folders());
        command
    }
}

fn copy_extension(source: &Path, folder: &Path) -> Result<PathBuf> {
    let copy = folder.join("gcontacts.so");
    // Written beside and renamed: a PHP that has the old file loaded keeps it.
    let unfinished = folder.join("gcontacts.so.unfinished");
    fs::copy(source, &unfinished).with_context(|| format!("cannot copy {}", source.display()))?;
    fs::rename(&unfinished, &copy)?;
    let mut check = Command::new("php");
    check.arg("-n").arg("-d").arg(format!("extension={}", copy.display()));
    check.args(["-r", "if (!extension_loaded('gcontacts')) exit(1);"]);
    process::output_of(&mut check).with_context(|| format!("{} does not load into PHP", source.display()))?;
    Ok(copy)
}

/// PHP's version as in `8.2`.
///
/// # Errors
/// When there is no PHP.
pub fn minor_version() -> Result<String> {
    process::output_of(Command::new("php").args(["-n", "-r", "echo PHP_MAJOR_VERSION, '.', PHP_MINOR_VERSION;"]))
}
