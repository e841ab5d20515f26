// SPDX-License-Identifier: GPL-3.0-or-later
//! The Dolibarr trees at hand: `VERSION/htdocs` in one folder.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// One Dolibarr, as it was unpacked. Never written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The name of its folder: the version.
    pub version: String,
    /// The folder that holds htdocs.
    pub folder: PathBuf,
}

impl Tree {
    fn at(folder: &Path) -> Option<Self> {
        let version = folder.file_name()?.to_str()?.to_owned();
        let there = folder.join("htdocs/filefunc.inc.php").is_file();
        there.then(|| Self {
            version,
            folder: folder.to_owned(),
        })
    }

    /// Whether this is neither an alpha, a beta nor a release candidate.
    pub fn is_stable(&self) -> bool {
        !self.version.contains('-')
    }

    fn numbers(&self) -> Vec<u32> {
        self.version
            .split(['.', '-'])
            .map_while(|part| part.parse().ok())
            .collect()
    }
}

/// The folder of the trees: `$DOLIBARR_TREES`, else the user's cache.
pub fn folder() -> PathBuf {
    std::env::var_os("DOLIBARR_TREES").map_or_else(
        || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache/gcontacts/dolibarr"),
        PathBuf::from,
    )
}

/// All trees, oldest first.
pub fn all() -> Vec<Tree> {
    let entries = std::fs::read_dir(folder()).into_iter().flatten().flatten();
    let mut trees: Vec<Tree> = entries.filter_map(|entry| Tree::at(&entry.path())).collect();
    trees.sort_by_key(|tree| (tree.numbers(), tree.is_stable()));
    trees
}

/// The newest stable tree, else the newest.
pub fn preferred() -> Option<Tree> {
    let trees = all();
    trees
        .iter()
        .rev()
        .find(|tree| tree.is_stable())
        .or(trees.last())
        .cloned()
}

/// The tree of that version, or in that folder.
///
/// # Errors
/// When there is none.
pub fn named(name: &str) -> Result<Tree> {
    if name.contains('/') {
        return Tree::at(Path::new(name)).with_context(|| format!("no Dolibarr in {name}"));
    }
    let trees = all();
    let known: Vec<String> = trees.iter().map(|tree| tree.version.clone()).collect();
    match trees.into_iter().find(|tree| tree.version == name) {
        Some(tree) => Ok(tree),
        None => bail!(
            "no Dolibarr {name} in {}; there are: {}",
            folder().display(),
            known.join(", ")
        ),
    }
}
