// SPDX-License-Identifier: GPL-3.0-or-later
//! The copy of Dolibarr of a site: installed by its own installer, without its wizard.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::mariadb::Database;
use super::php::Php;
use super::{copy, fill};
use crate::trees::Tree;
use crate::{process, repository};

/// The administrator's login and password.
pub const ADMINISTRATOR: &str = "admin";

/// An installed Dolibarr.
pub struct Dolibarr {
    /// Its htdocs folder.
    pub htdocs: PathBuf,
    /// Its version.
    pub version: String,
    /// Its address in a browser.
    pub url: String,
    /// The PHP that runs it.
    pub php: Php,
    home: PathBuf,
    documents: PathBuf,
    log: PathBuf,
}

impl Dolibarr {
    /// Copies and installs the tree if that was not done yet, and writes its settings for today's ports.
    ///
    /// # Errors
    /// When a step of the installation fails; the next start then begins it anew.
    pub fn install(tree: &Tree, home: &Path, port: u16, php: Php, database: &Database, reset: bool) -> Result<Self> {
        let folder = home.join("dolibarr");
        let this = Self {
            htdocs: folder.join("htdocs"),
            version: tree.version.clone(),
            url: format!("http://127.0.0.1:{port}"),
            php,
            home: home.to_owned(),
            documents: home.join("documents"),
            log: home.join("logs/setup.log"),
        };
        let installed = this.is_installed();
        if !installed {
            this.copy_tree(tree)?;
        }
        this.write_settings(database.port)?;
        if !installed {
            this.run_installer(database)?;
        } else if reset {
            this.reset(database)?;
        }
        Ok(this)
    }

    /// The dump is written last: with it, and for the same tree, everything is there.
    fn is_installed(&self) -> bool {
        let of = fs::read_to_string(self.home.join("version")).unwrap_or_default();
        of == self.version && self.fresh_database().is_file()
    }

    fn fresh_database(&self) -> PathBuf {
        self.home.join("installed.sql")
    }

    fn fresh_documents(&self) -> PathBuf {
        self.home.join("installed-documents")
    }

    fn copy_tree(&self, tree: &Tree) -> Result<()> {
        let folder = self.home.join("dolibarr");
        for old in [&folder, &self.documents, &self.fresh_documents()] {
            if old.exists() {
                fs::remove_dir_all(old).with_context(|| format!("cannot remove {}", old.display()))?;
            }
        }
        fs::create_dir_all(&folder)?;
        fs::create_dir_all(&self.documents)?;
        // Dolibarr's own folders only: a package may bring others of any size.
        for part in ["htdocs", "scripts", "test"] {
            let from = tree.folder.join(part);
            if from.is_dir() {
                copy(&from, &folder.join(part), &self.log)?;
            }
        }
        for file in ["htdocs/filefunc.inc.php", "htdocs/install/inc.php"] {
            forget_debian_settings(&folder.join(file))?;
        }
        fs::write(self.home.join("version"), &self.version)?;
        Ok(())
    }

    fn write_settings(&self, db_port: u16) -> Result<()> {
        // The key of dolEncrypt(): any, but the same at every start.
        let key = hex::encode(Sha256::digest(self.home.as_os_str().as_encoded_bytes()));
        let values = [
            ("URL", self.url.as_str()),
            ("HTDOCS", &self.htdocs.display().to_string()),
            ("DOCUMENTS", &self.documents.display().to_string()),
            ("DB_PORT", &db_port.to_string()),
            ("DB_NAME", Database::name()),
            ("KEY", key.get(..32).unwrap_or_default()),
        ];
        let folder = self.htdocs.join("conf");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("conf.php"), fill(include_str!("conf.php"), &values)).context("cannot write conf.php")
    }

    fn run_installer(&self, database: &Database) -> Result<()> {
        database.recreate()?;
        let install = self.htdocs.join("install");
        let lang = "en_US";
        let mut tables = self.php.command();
        process::run(tables.current_dir(&install).args(["step2.php", "set", lang]), &self.log)?;
        let mut administrator = self.php.command();
        administrator
            .current_dir(&install)
            .args(["step5.php", "", "", lang, "set"]);
        process::run(
            administrator.args([ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR, "444"]),
            &self.log,
        )?;
        fs::write(self.documents.join("install.lock"), "")?;
        self.script("configure.php")?;
        copy(&self.documents, &self.fresh_documents(), &self.log)?;
        database.dump(&self.fresh_database())
    }

    /// Brings database and documents back to the state just after the installation.
    ///
    /// # Errors
    /// When they cannot be restored.
    pub fn reset(&self, database: &Database) -> Result<()> {
        database.restore(&self.fresh_database())?;
        fs::remove_dir_all(&self.documents)?;
        copy(&self.fresh_documents(), &self.documents, &self.log)
    }

    /// Enables the module with the emulator's client.
    ///
    /// # Errors
    /// When the module refuses or is not complete.
    pub fn enable_module(&self) -> Result<()> {
        self.script("enable.php")
    }

    fn script(&self, name: &str) -> Result<()> {
        let mut command = self.php.command();
        command
            .env("GCONTACTS_SITE_HTDOCS", &self.htdocs)
            .args(["-d", "display_errors=stderr"])
            .arg(repository::site_scripts().join(name));
        process::run(&mut command, &self.log)
    }

    /// The site's folder.
    pub fn home(&self) -> &Path {
        &self.home
    }
}

/// Debian's packages of Dolibarr read their settings from /etc: here they stand in the tree.
fn forget_debian_settings(file: &Path) -> Result<()> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<String> = text
        .lines()
        .map(|line| {
            let theirs = line.starts_with("$conffile") && line.contains("\"/etc/dolibarr/conf.php\"");
            if theirs { format!("//{line}") } else { line.to_owned() }
        })
        .collect();
    fs::write(file, lines.join("\n") + "\n").with_context(|| format!("cannot write {}", file.display()))
}
