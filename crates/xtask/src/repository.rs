// SPDX-License-Identifier: GPL-3.0-or-later
//! Where things are in this repository.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> &'static Path {
    // This crate is at crates/xtask, and so the root is two folders up.
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .and_then(Path::parent)
        .unwrap_or_else(|| Path::new("."))
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The folder of the PHP files that set a test site up.
pub fn site_scripts() -> PathBuf {
    root().join("tests/dolibarr/site")
}
