// SPDX-License-Identifier: GPL-3.0-or-later
//! A MariaDB of a site's own: datadir, socket and port. The machine's own server, if any, is not touched.

use std::fs::{self, File};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::process::{self, Daemon};

const NAME: &str = "dolibarr";

/// A running database server with one database in it.
pub struct Database {
    /// The server.
    pub daemon: Daemon,
    /// Its port.
    pub port: u16,
    log: PathBuf,
}

impl Database {
    /// The name of the database, and of the user who may all in it; the password is the same.
    pub fn name() -> &'static str {
        NAME
    }

    /// Makes the datadir if it is not there, and starts the server.
    ///
    /// # Errors
    /// When MariaDB is not installed or does not start.
    pub fn start(home: &Path, port: u16) -> Result<Self> {
        let log = home.join("logs/setup.log");
        let data = home.join("mariadb");
        if !data.join("mysql").is_dir() {
            let mut install = Command::new("mariadb-install-db");
            install.args([
                "--no-defaults",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                // A machine need not know its own name.
                "--force",
            ]);
            install.arg(format!("--datadir={}", data.display())).args(run_as());
            process::run(&mut install, &log)?;
        }
        let program = process::which("mariadbd").context("MariaDB is not installed")?;
        let mut command = Command::new(program);
        command
            .arg("--no-defaults")
            .arg(format!("--datadir={}", data.display()))
            .args(run_as());
        command
            .arg(format!("--port={port}"))
            .arg(format!("--socket={}", super::socket(home, "mariadb.sock").display()));
        command.arg(format!("--pid-file={}", data.join("mariadbd.pid").display()));
        // A site lives for a test: speed goes before durability.
        command.args([
            "--bind-address=127.0.0.1",
            "--skip-log-bin",
            "--innodb-flush-log-at-trx-commit=0",
        ]);
        command.args([
            "--innodb-doublewrite=0",
            "--performance-schema=0",
            "--skip-name-resolve",
        ]);
        let mut daemon = Daemon::start("mariadb", &mut command, home)?;
        daemon.wait_until(|| TcpStream::connect(("127.0.0.1", port)).is_ok())?;
        let database = Self { daemon, port, log };
        database.make_user()?;
        Ok(database)
    }

    fn make_user(&self) -> Result<()> {
        let hosts = ["127.0.0.1", "localhost"];
        let statements: Vec<String> = hosts
            .iter()
            .map(|host| {
                format!(
                    "CREATE USER IF NOT EXISTS '{NAME}'@'{host}' IDENTIFIED BY '{NAME}'; \
                      GRANT ALL PRIVILEGES ON *.* TO '{NAME}'@'{host}';"
                )
            })
            .collect();
        self.execute(&statements.join(" "))
    }

    /// Drops the database and makes it anew, empty.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn recreate(&self) -> Result<()> {
        self.execute(&format!(
            "DROP DATABASE IF EXISTS {NAME}; CREATE DATABASE {NAME} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;"
        ))
    }

    /// Runs statements as the server's root.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn execute(&self, statements: &str) -> Result<()> {
        process::run(self.client("mariadb").arg("--execute").arg(statements), &self.log)
    }

    /// Writes the database to a file.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn dump(&self, to: &Path) -> Result<()> {
        let unfinished = to.with_extension("unfinished");
        let mut command = self.client("mariadb-dump");
        process::run(
            command.arg(format!("--result-file={}", unfinished.display())).arg(NAME),
            &self.log,
        )?;
        fs::rename(&unfinished, to).context("cannot keep the dump")
    }

    /// Brings the database to the state of a dump.
    ///
    /// # Errors
    /// When the dump cannot be read.
    pub fn restore(&self, from: &Path) -> Result<()> {
        self.recreate()?;
        let dump = File::open(from).with_context(|| format!("cannot read {}", from.display()))?;
        let status = self.client("mariadb").arg(NAME).stdin(Stdio::from(dump)).status()?;
        if !status.success() {
            bail!("the dump {} does not load ({status})", from.display());
        }
        Ok(())
    }

    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.args(["--no-defaults", "--protocol=tcp", "--host=127.0.0.1", "--user=root"]);
        command.arg(format!("--port={}", self.port));
        command
    }
}

/// The server refuses to run as root unless it is told to.
fn run_as() -> Option<String> {
    rustix::process::geteuid().is_root().then(|| "--user=root".to_owned())
}
