// SPDX-License-Identifier: GPL-3.0-or-later
//! What the machine must have: Debian packages and the tests' Python packages. What is missing is installed, and said.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{process, repository};

/// Parts of PHP that Dolibarr, its tests and the extension need.
const PHP_PARTS: [&str; 11] = [
    "cli", "mysql", "curl", "intl", "gd", "xml", "mbstring", "zip", "soap", "fpm", "dev",
];

const OTHERS: [(&str, &str); 13] = [
    (
        "mariadb-server",
        "Dolibarr's database, started by us on a port of its own",
    ),
    ("mariadb-client", "to fill and reset that database"),
    ("nginx-light", "to test under php-fpm as companies run it"),
    ("chromium", "to test in a browser"),
    ("fonts-dejavu-core", "so that the browser has letters"),
    ("phpunit", "to test the extension and the module"),
    ("php-codesniffer", "to check the style of PHP files"),
    ("clang", "to read PHP's headers when the extension is built"),
    ("libclang-dev", "to read PHP's headers when the extension is built"),
    ("pkg-config", "to build the extension"),
    ("python3-venv", "to drive the browser and Google's own client in tests"),
    ("curl", "to fetch a Dolibarr where there is none"),
    ("ca-certificates", "so that the extension knows whom to trust"),
];

/// Programs that would be services by Debian's habit; we start our own.
const SERVICES: [&str; 2] = ["mariadb", "nginx"];

const POLICY: &str = "/usr/sbin/policy-rc.d";

/// Installs the Debian packages that are missing; says and does nothing more when all are there.
///
/// # Errors
/// When something is missing that cannot be installed: with the command that an administrator can run.
pub fn ensure() -> Result<()> {
    if process::which("apt-get").is_none() {
        return without_debian();
    }
    let mut updated = false;
    let version = match installed_php() {
        Some(version) => version,
        None => offered_php(&mut updated)?,
    };
    let wanted = wanted(&version);
    let installed = installed()?;
    let missing: Vec<&(String, &str)> = wanted.iter().filter(|(name, _)| !installed.contains(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|(name, _)| name.as_str()).collect();
    if !rustix::process::geteuid().is_root() {
        bail!(
            "these Debian packages are missing; install them by: sudo apt-get install {}",
            names.join(" ")
        );
    }
    println!("Installing {} Debian packages:", names.len());
    for (name, why) in &missing {
        println!("  {name:<20} {why}");
    }
    update(&mut updated)?;
    install(&names, &version)
}

/// The Python of the tests, with the packages that tests/requirements.txt names.
///
/// # Errors
/// When they cannot be installed.
pub fn ensure_python() -> Result<PathBuf> {
    let folder = repository::target().join("python");
    let python = folder.join("bin/python");
    let requirements = repository::root().join("tests/requirements.txt");
    let wanted = fs::read_to_string(&requirements).context("cannot read tests/requirements.txt")?;
    let stamp = folder.join("installed-requirements.txt");
    if python.is_file() && fs::read_to_string(&stamp).is_ok_and(|there| there == wanted) {
        return Ok(python);
    }
    println!(
        "Installing the Python packages of tests/requirements.txt into {}",
        folder.display()
    );
    let log = repository::target().join("test-logs/python.log");
    process::run(Command::new("python3").args(["-m", "venv"]).arg(&folder), &log)?;
    let mut install = Command::new(&python);
    process::run(
        install
            .args(["-m", "pip", "install", "--quiet", "--requirement"])
            .arg(&requirements),
        &log,
    )?;
    fs::write(stamp, wanted)?;
    Ok(python)
}

fn wanted(php: &str) -> Vec<(String, &'static str)> {
    let parts = PHP_PARTS
        .iter()
        .map(|part| (format!("php{php}-{part}"), "Dolibarr and the extension run on it"));
    parts
        .chain(OTHERS.iter().map(|(name, why)| ((*name).to_owned(), *why)))
        .collect()
}

fn installed() -> Result<Vec<String>> {
    let mut query = Command::new("dpkg-query");
    let listing = process::output_of(query.args(["--show", "--showformat=${Package} ${db:Status-Status}\n"]))?;
    Ok(listing
        .lines()
        .filter_map(|line| line.strip_suffix(" installed"))
        .map(str::to_owned)
        .collect())
}

fn installed_php() -> Option<String> {
    process::which("php")?;
    crate::site::php::minor_version().ok()
}

/// The version that Debian's `php-cli` stands for: 8.2 on Debian 12, 8.4 on Debian 13.
fn offered_php(updated: &mut bool) -> Result<String> {
    update(updated)?;
    let listing = process::output_of(Command::new("apt-cache").args(["depends", "php-cli"]))?;
    let name = listing
        .lines()
        .find_map(|line| line.trim().strip_prefix("Depends: php"));
    let version = name
        .and_then(|rest| rest.strip_suffix("-cli"))
        .context("this system offers no php-cli")?;
    Ok(version.to_owned())
}

fn update(updated: &mut bool) -> Result<()> {
    if !*updated && rustix::process::geteuid().is_root() {
        process::run(apt().arg("update"), &log())?;
        *updated = true;
    }
    Ok(())
}

fn install(names: &[&str], php: &str) -> Result<()> {
    let _quiet = NoServices::declare()?;
    process::run(
        apt().args(["install", "--yes", "--no-install-recommends"]).args(names),
        &log(),
    )?;
    // Installing must not leave servers that start with the machine: the sites run their own.
    if Path::new("/run/systemd/system").is_dir() {
        let fpm = format!("php{php}-fpm");
        for service in SERVICES.iter().copied().chain([fpm.as_str()]) {
            let package = if service == "nginx" { "nginx-light" } else { service };
            if names.iter().any(|name| name.starts_with(package)) {
                process::run(Command::new("systemctl").args(["disable", service]), &log())?;
            }
        }
    }
    Ok(())
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet");
    command
}

fn log() -> PathBuf {
    repository::target().join("test-logs/apt.log")
}

/// Debian's way to say that packages may not start services; a machine's own word on that is left as it is.
struct NoServices {
    ours: bool,
}

impl NoServices {
    fn declare() -> Result<Self> {
        let path = Path::new(POLICY);
        if path.exists() {
            return Ok(Self { ours: false });
        }
        fs::write(
            path,
            "#!/bin/sh\n# No service starts while cargo xtask installs packages.\nexit 101\n",
        )?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
        Ok(Self { ours: true })
    }
}

impl Drop for NoServices {
    fn drop(&mut self) {
        if self.ours
            && let Err(error) = fs::remove_file(POLICY)
        {
            eprintln!("xtask: cannot remove {POLICY}: {error}");
        }
    }
}

fn without_debian() -> Result<()> {
    let programs = [
        "php", "mariadbd", "mariadb", "phpunit", "phpcs", "nginx", "chromium", "python3", "clang",
    ];
    let missing: Vec<&str> = programs
        .into_iter()
        .filter(|program| process::which(program).is_none())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "this is no Debian, and these programs are missing: {}",
        missing.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::wanted;

    #[test]
    fn names_the_packages_of_one_php_version() {
        let names: Vec<String> = wanted("8.4").into_iter().map(|(name, _)| name).collect();
        assert!(names.contains(&"php8.4-dev".to_owned()));
        assert!(names.contains(&"mariadb-server".to_owned()));
    }
}
