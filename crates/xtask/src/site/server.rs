// SPDX-License-Identifier: GPL-3.0-or-later
//! The web server of a site: PHP's own, or nginx with php-fpm as companies run it.

use std::fs;
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::dolibarr::Dolibarr;
use super::{fill, php};
use crate::process::{self, Daemon};

/// Which web server.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// PHP's own (`php -S`) with three workers.
    Builtin,
    /// nginx and php-fpm.
    Fpm,
}

impl Kind {
    /// Its name on the command line and in the environment of tests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Builtin => "builtin",
            Self::Fpm => "fpm",
        }
    }
}

/// A running web server.
pub struct Server {
    /// Its processes, in the order in which they are to be stopped.
    pub daemons: Vec<Daemon>,
}

impl Server {
    /// Starts to serve.
    ///
    /// # Errors
    /// When a program is not installed or does not start.
    pub fn start(kind: Kind, dolibarr: &Dolibarr, port: u16) -> Result<Self> {
        let mut daemons = match kind {
            Kind::Builtin => vec![builtin(dolibarr, port)?],
            Kind::Fpm => {
                let fpm = fpm(dolibarr)?;
                vec![nginx(dolibarr, port)?, fpm]
            }
        };
        for daemon in &mut daemons {
            daemon.wait_until(|| TcpStream::connect(("127.0.0.1", port)).is_ok())?;
        }
        Ok(Self { daemons })
    }
}

fn builtin(dolibarr: &Dolibarr, port: u16) -> Result<Daemon> {
    let mut command = dolibarr.php.command();
    command.env("PHP_CLI_SERVER_WORKERS", "3");
    command
        .args(["-S", &format!("127.0.0.1:{port}"), "-t"])
        .arg(&dolibarr.htdocs);
    Daemon::start("php", &mut command, dolibarr.home())
}

fn fpm(dolibarr: &Dolibarr) -> Result<Daemon> {
    let home = dolibarr.home();
    let name = format!("php-fpm{}", php::minor_version()?);
    let program = process::which(&name).with_context(|| format!("{name} is not installed"))?;
    let socket = super::socket(home, "fpm.sock");
    let root = rustix::process::geteuid().is_root();
    let settings = home.join("fpm.conf");
    let user = if root { "user = root\ngroup = root" } else { "" };
    fs::write(
        &settings,
        fill(
            include_str!("fpm.conf"),
            &[("HOME", &path(home)), ("SOCKET", &path(&socket)), ("USER", user)],
        ),
    )?;
    let mut command = Command::new(program);
    command
        .env("PHP_INI_SCAN_DIR", dolibarr.php.scan_folders())
        .arg("--nodaemonize");
    command.arg("--fpm-config").arg(&settings);
    if root {
        command.arg("--allow-to-run-as-root");
    }
    let mut daemon = Daemon::start("fpm", &mut command, home)?;
    daemon.wait_until(|| UnixStream::connect(&socket).is_ok())?;
    Ok(daemon)
}

fn nginx(dolibarr: &Dolibarr, port: u16) -> Result<Daemon> {
    let home = dolibarr.home();
    let program = process::which("nginx").context("nginx is not installed")?;
    fs::create_dir_all(home.join("nginx"))?;
    let user = if rustix::process::geteuid().is_root() {
        "user root;"
    } else {
        ""
    };
    let values = [
        ("USER", user),
        ("HOME", &path(home)),
        ("PORT", &port.to_string()),
        ("HTDOCS", &path(&dolibarr.htdocs)),
        ("SOCKET", &path(&super::socket(home, "fpm.sock"))),
    ];
    let settings = home.join("nginx.conf");
    fs::write(&settings, fill(include_str!("nginx.conf"), &values))?;
    let mut command = Command::new(program);
    command
        .arg("-c")
        .arg(&settings)
        .arg("-e")
        .arg(home.join("logs/nginx.log"));
    Daemon::start("nginx", &mut command, home)
}

fn path(path: &Path) -> String {
    path.display().to_string()
}
