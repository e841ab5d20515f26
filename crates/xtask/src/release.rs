// SPDX-License-Identifier: GPL-3.0-or-later
//! An official release of Dolibarr, for a machine that has none.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::trees::{self, Tree};
use crate::{process, repository};

/// The release that is fetched unless `DOLIBARR_RELEASE` names another.
const ADDRESS: &str = "https://github.com/Dolibarr/dolibarr/archive/refs/tags/21.0.4.tar.gz";
const SHA256: &str = "308602c1f2784d4f473a47263b8882e9d46d1370164f8c4115e1cd687889511e";

/// Downloads a release and unpacks it among the trees.
///
/// # Errors
/// When it cannot be reached or is not what it should be; the message says where to put one by hand.
pub fn fetch() -> Result<Tree> {
    let (address, checksum) = match std::env::var("DOLIBARR_RELEASE") {
        Ok(address) => (address, None),
        Err(_) => (ADDRESS.to_owned(), Some(SHA256)),
    };
    println!("No Dolibarr in {}; fetching {address}", trees::folder().display());
    let tree = fetch_from(&address, checksum);
    tree.with_context(|| {
        format!(
            "no Dolibarr could be had. Unpack one as {}/VERSION/htdocs, or name an archive by DOLIBARR_RELEASE \
             (address or path of a .tar.gz or .zip)",
            trees::folder().display()
        )
    })
}

fn fetch_from(address: &str, checksum: Option<&str>) -> Result<Tree> {
    let downloads = repository::target().join("downloads");
    fs::create_dir_all(&downloads)?;
    let archive = if Path::new(address).is_file() {
        PathBuf::from(address)
    } else {
        download(address, &downloads)?
    };
    if let Some(wanted) = checksum {
        let found = sha256(&archive)?;
        if found != wanted {
            bail!("{} has the checksum {found} and not {wanted}", archive.display());
        }
    }
    let unpacked = downloads.join("unpacked");
    if unpacked.exists() {
        fs::remove_dir_all(&unpacked)?;
    }
    fs::create_dir_all(&unpacked)?;
    unpack(&archive, &unpacked)?;
    adopt(&unpacked)
}

fn download(address: &str, folder: &Path) -> Result<PathBuf> {
    let name = address.rsplit('/').next().unwrap_or("dolibarr.tar.gz");
    let (file, unfinished) = (folder.join(name), folder.join(format!("{name}.unfinished")));
    if file.is_file() {
        return Ok(file);
    }
    let mut command = Command::new("curl");
    command.args([
        "--fail",
        "--silent",
        "--show-error",
        "--location",
        "--connect-timeout",
        "20",
        "--max-time",
        "900",
    ]);
    command.arg("--output").arg(&unfinished).arg(address);
    process::run(&mut command, &folder.join("download.log"))?;
    fs::rename(unfinished, &file)?;
    Ok(file)
}

fn unpack(archive: &Path, into: &Path) -> Result<()> {
    if archive.extension().is_some_and(|extension| extension == "zip") {
        return zip::ZipArchive::new(File::open(archive)?)?
            .extract(into)
            .context("the archive is broken");
    }
    let mut command = Command::new("tar");
    process::run(
        command.arg("-xf").arg(archive).arg("-C").arg(into),
        &into.with_extension("log"),
    )
}

/// Moves what was unpacked to its place, under the version that it says it has.
fn adopt(unpacked: &Path) -> Result<Tree> {
    let entries: Vec<PathBuf> = fs::read_dir(unpacked)?.flatten().map(|entry| entry.path()).collect();
    let inside = entries
        .iter()
        .map(PathBuf::as_path)
        .chain([unpacked])
        .find(|path| path.join("htdocs").is_dir());
    let inside = inside.context("the archive holds no htdocs")?;
    let text = fs::read_to_string(inside.join("htdocs/filefunc.inc.php")).context("the archive holds no Dolibarr")?;
    let version = version_in(&text).context("the archive does not say its version")?;
    let place = trees::folder().join(&version);
    fs::create_dir_all(trees::folder())?;
    // Not a rename: the trees may be on another disk. The folder gets its name when it is complete.
    let unfinished = trees::folder().join(format!(".{version}.unfinished"));
    let log = unpacked.with_extension("log");
    process::run(
        Command::new("cp")
            .args(["-a", "-T"])
            .args([inside, unfinished.as_path()]),
        &log,
    )?;
    fs::rename(&unfinished, &place)?;
    fs::remove_dir_all(unpacked)?;
    trees::named(&version)
}

fn version_in(text: &str) -> Option<String> {
    let after = text.split("define('DOL_VERSION',").nth(1)?;
    after.split('\'').nth(1).map(str::to_owned)
}

fn sha256(file: &Path) -> Result<String> {
    let mut hasher = Sha256::new();
    std::io::copy(&mut File::open(file)?, &mut Hashing(&mut hasher))?;
    Ok(hex::encode(hasher.finalize()))
}

/// Lets a reader be hashed as it is copied.
struct Hashing<'a>(&'a mut Sha256);

impl std::io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn reads_the_version() {
        let text = "if (!defined('DOL_VERSION')) {\n\tdefine('DOL_VERSION', '21.0.4'); // a.b.c";
        assert_eq!(version_in(text).as_deref(), Some("21.0.4"));
    }
}
