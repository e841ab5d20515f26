// SPDX-License-Identifier: GPL-3.0-or-later
//! What cargo builds and the sites load: the extension and the emulator.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::{process, repository};

/// How cargo builds.
#[derive(Clone, Copy)]
pub enum Profile {
    /// Quick to build: demo and tests.
    Debug,
    /// Optimised: benchmarks.
    Release,
    /// What is shipped.
    Dist,
}

impl Profile {
    fn folder(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
            Self::Dist => "dist",
        }
    }

    fn cargo_name(self) -> &'static str {
        match self {
            Self::Debug => "dev",
            Self::Release => "release",
            Self::Dist => "dist",
        }
    }
}

/// Where the extension is when it was built.
pub fn extension(profile: Profile) -> PathBuf {
    repository::target().join(profile.folder()).join("libgcontacts.so")
}

/// Where the emulator's program is when it was built.
pub fn emulator(profile: Profile) -> PathBuf {
    repository::target().join(profile.folder()).join("people-emulator")
}

/// Builds one package, with cargo's words on the terminal.
///
/// # Errors
/// When it does not compile.
pub fn build(package: &str, profile: Profile) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    // What `cargo run` tells of this program would have packages built anew that look at it.
    for (name, _) in std::env::vars_os() {
        if ["CARGO_PKG_", "CARGO_MANIFEST_"]
            .iter()
            .any(|prefix| name.to_string_lossy().starts_with(prefix))
        {
            command.env_remove(name);
        }
    }
    command
        .current_dir(repository::root())
        .args(["build", "--locked", "--package", package]);
    if !process::run_here(command.args(["--profile", profile.cargo_name()]))?.success() {
        bail!("{package} does not compile");
    }
    Ok(())
}

/// `path` if something was built there.
pub fn if_built(path: &Path) -> Option<&Path> {
    path.is_file().then_some(path)
}
