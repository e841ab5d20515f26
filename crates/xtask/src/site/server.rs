// SPDX-License-Identifier: GPL-3.0-or-later
//! The web server of a site: PHP's own, or nginx with php-fpm as companies run it.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::dolibarr::Dolibarr;
use super::php;
use crate::process::{self, Daemon};

/// Which web server.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// PHP's own (`php -S`) with three workers.
    Builtin,
    /// nginx and php-fpm.
    Fpm,
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
                vec![nginx(dolibarr.home(), &dolibarr.htdocs, port)?, fpm]
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
    let settings = home.join("fpm.conf");
    fs::write(
        &settings,
        format!(
            "[global]\nerror_log = {logs}/fpm.log\ndaemonize = no\n             [site]\nlisten = {socket}\npm = static\npm.max_children = 3\ncatch_workers_output = yes\n{user}",
            logs = home.join("logs").display(),
            socket = socket(home).display(),
            user = if rustix::process::geteuid().is_root() {
                "user = root\ngroup = root\nlisten.mode = 0666\n"
            } else {
                ""
            },
        ),
    )?;
    let mut command = Command::new(program);
    command
        .env("PHP_INI_SCAN_DIR", dolibarr.php.scan_folders())
        .arg("--nodaemonize");
    command.arg("--fpm-config").arg(&settings);
    if rustix::process::geteuid().is_root() {
        command.arg("--allow-to-run-as-root");
    }
    let mut daemon = Daemon::start("fpm", &mut command, home)?;
    daemon.wait_until(|| std::os::unix::net::UnixStream::connect(socket(home)).is_ok())?;
    Ok(daemon)
}

fn socket(home: &Path) -> PathBuf {
    super::socket(home, "fpm.sock")
}

fn nginx(home: &Path, htdocs: &Path, port: u16) -> Result<Daemon> {
    let program = process::which("nginx").context("nginx is not installed")?;
    let temporary = home.join("nginx");
    fs::create_dir_all(&temporary)?;
    let settings = home.join("nginx.conf");
    let folders: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|kind| format!("  {kind}_temp_path {}/{kind};\n", temporary.display()))
        .collect();
    let user = if rustix::process::geteuid().is_root() {
        "user root;\n"
    } else {
        ""
    };
    fs::write(
        &settings,
        format!(
            "{user}daemon off;\nworker_processes 1;\npid {temporary}/pid;\nerror_log {logs}/nginx.log;\n             events {{ worker_connections 64; }}\n             http {{\n  include /etc/nginx/mime.types;\n{folders}  access_log {logs}/access.log;\n  client_max_body_size 32m;\n             \x20 server {{\n    listen 127.0.0.1:{port};\n    root {htdocs};\n    index index.php;\n             \x20   location ~ [^/]\\.php(/|$) {{\n      fastcgi_split_path_info ^(.+?\\.php)(/.*)$;\n             \x20     include /etc/nginx/fastcgi_params;\n      fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;\n             \x20     fastcgi_param PATH_INFO $fastcgi_path_info;\n      fastcgi_read_timeout 300;\n             \x20     fastcgi_pass unix:{socket};\n    }}\n  }}\n}}\n",
            temporary = temporary.display(),
            logs = home.join("logs").display(),
            htdocs = htdocs.display(),
            socket = socket(home).display(),
        ),
    )?;
    let mut command = Command::new(program);
    command
        .arg("-c")
        .arg(&settings)
        .arg("-e")
        .arg(home.join("logs/nginx.log"));
    Daemon::start("nginx", &mut command, home)
}
