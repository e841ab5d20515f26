// SPDX-License-Identifier: GPL-3.0-or-later
//! `cargo xtask dist`: the module as Dolibarr's uploader takes it, and the extension beside it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::artefacts::{self, Profile};
use crate::{link, process, repository};

/// The version of the product: that of the workspace.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Files of the repository's root that belong into the module's folder.
const PAPERS: [&str; 3] = ["CHANGELOG.md", "COPYING", "README.md"];

/// Makes the package and builds the extension as it is shipped.
pub fn run() -> Result<()> {
    let folder = repository::target().join("dist");
    let archive = package(&folder)?;
    artefacts::build("gcontacts-php", Profile::Dist)?;
    let extension = folder.join("gcontacts.so");
    fs::copy(artefacts::extension(Profile::Dist), &extension).context("cannot copy the extension")?;
    println!("{}\n{}", archive.display(), extension.display());
    Ok(())
}

/// Makes `module_gcontacts-VERSION.zip` in `folder`; the same files give the same bytes.
///
/// # Errors
/// When a PHP file has a mistake, two files have one name, or the descriptor names another version.
pub fn package(folder: &Path) -> Result<PathBuf> {
    let files = files()?;
    check_version(&files)?;
    for (name, path) in &files {
        if path.extension() == Some(OsStr::new("php")) {
            let mut lint = Command::new("php");
            process::output_of(lint.args(["-n", "-l"]).arg(path)).with_context(|| format!("{name} has a mistake"))?;
        }
    }
    fs::create_dir_all(folder)?;
    let archive = folder.join(format!("module_gcontacts-{VERSION}.zip"));
    write(&archive, &files)?;
    compare(&archive, &files)?;
    Ok(archive)
}

/// The files of the package by their names in it, sorted.
fn files() -> Result<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
    let papers = PAPERS
        .iter()
        .map(|name| ((*name).to_owned(), repository::root().join(name)));
    let mut pending: Vec<(String, PathBuf)> = link::module_entries()?.into_iter().chain(papers).collect();
    while let Some((name, path)) = pending.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                let entry = entry?;
                let below = entry.file_name().to_string_lossy().into_owned();
                if !below.starts_with('.') {
                    pending.push((format!("{name}/{below}"), entry.path()));
                }
            }
        } else if path.is_file() {
            if files.insert(format!("gcontacts/{name}"), path).is_some() {
                bail!("two files for gcontacts/{name}");
            }
        } else {
            bail!("{} is missing", path.display());
        }
    }
    Ok(files)
}

fn check_version(files: &BTreeMap<String, PathBuf>) -> Result<()> {
    let name = "gcontacts/core/modules/modGContacts.class.php";
    let path = files.get(name).with_context(|| format!("no {name}"))?;
    let quoted = ["'", "\""].map(|quote| format!("$this->version = {quote}{VERSION}{quote}"));
    let text = fs::read_to_string(path)?;
    if !quoted.iter().any(|line| text.contains(line)) {
        bail!("{name} does not say version {VERSION}");
    }
    Ok(())
}

fn write(archive: &Path, files: &BTreeMap<String, PathBuf>) -> Result<()> {
    // Neither the time of a file nor its rights on the packager's machine may show.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(File::create(archive)?);
    for (name, path) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(&fs::read(path)?)?;
    }
    zip.finish()?;
    Ok(())
}

fn compare(archive: &Path, files: &BTreeMap<String, PathBuf>) -> Result<()> {
    let mut zip = ZipArchive::new(BufReader::new(File::open(archive)?))?;
    if zip.len() != files.len() {
        bail!(
            "{} holds {} files and not {}",
            archive.display(),
            zip.len(),
            files.len()
        );
    }
    for (name, path) in files {
        let mut packed = Vec::new();
        zip.by_name(name)?.read_to_end(&mut packed)?;
        if packed != fs::read(path)? {
            bail!("{name} differs in {}", archive.display());
        }
    }
    Ok(())
}
