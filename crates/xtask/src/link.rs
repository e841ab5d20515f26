// SPDX-License-Identifier: GPL-3.0-or-later
//! `cargo xtask link HTDOCS`: the module's folder as links into this repository.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::repository;

/// What `link` takes.
#[derive(clap::Args)]
pub struct Options {
    /// The htdocs folder of a Dolibarr.
    htdocs: PathBuf,
}

/// Links the module into the Dolibarr that was named.
pub fn run(options: &Options) -> Result<()> {
    let folder = link(&options.htdocs)?;
    println!(
        "{} now leads here; enable the module in Home > Setup > Modules",
        folder.display()
    );
    Ok(())
}

/// Makes `htdocs/custom/gcontacts`: a real folder of links, because Dolibarr looks for folders.
///
/// Links of an earlier call are renewed; anything else there is left alone and refused.
///
/// # Errors
/// When `htdocs` is no Dolibarr, or files that are not ours are in the way.
pub fn link(htdocs: &Path) -> Result<PathBuf> {
    if !htdocs.join("filefunc.inc.php").is_file() {
        bail!("{} is not the htdocs folder of a Dolibarr", htdocs.display());
    }
    let folder = htdocs.join("custom/gcontacts");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if !path.is_symlink() {
            bail!("{} is in the way: it is not a link of ours", path.display());
        }
        fs::remove_file(&path)?;
    }
    for (name, source) in module_entries()? {
        symlink(&source, folder.join(&name)).with_context(|| format!("cannot link {name}"))?;
    }
    Ok(folder)
}

/// What the module's folder holds, by name: the entries of php-module, and Dolibarr's own folders.
///
/// # Errors
/// When two sources have one name.
pub fn module_entries() -> Result<Vec<(String, PathBuf)>> {
    let root = repository::root();
    let mut entries: Vec<(String, PathBuf)> = ["core", "langs", "sql"]
        .iter()
        .map(|name| ((*name).to_owned(), root.join(name)))
        .collect();
    for entry in fs::read_dir(root.join("php-module"))? {
        let entry = entry?;
        entries.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
    }
    entries.sort();
    for pair in entries.windows(2) {
        if let [(first, _), (second, _)] = pair
            && first == second
        {
            bail!("two sources for gcontacts/{first}");
        }
    }
    Ok(entries)
}
