// SPDX-License-Identifier: GPL-3.0-or-later
//! What the extension costs by itself: loading it, and planning.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};

use super::figure::{Beside, Figure};
use super::{measured, median, number, script};
use crate::{process, signals};

/// What PHP's start takes longer with the extension; beside it, with PHP's own curl.
pub fn loading(extension: &Path, starts: usize) -> Result<Vec<Figure>> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..starts {
        if signals::stop_requested() {
            bail!("stopped on request");
        }
        let bare = start(None)?;
        ours.push(start(Some(extension))? - bare);
        theirs.push(start(Some(Path::new("curl")))? - bare);
    }
    Ok(vec![Figure {
        name: "extension_load".to_owned(),
        value: median(ours),
        unit: "ms",
        aim: Some(1.5),
        beside: Beside::Peer("loading PHP's curl".to_owned(), median(theirs)),
    }])
}

/// Milliseconds of one start of PHP.
fn start(extension: Option<&Path>) -> Result<f64> {
    let mut command = Command::new("php");
    command.arg("-n");
    if let Some(extension) = extension {
        command.arg("-d").arg(format!("extension={}", extension.display()));
    }
    let started = Instant::now();
    process::output_of(command.args(["-r", ""]))?;
    Ok(started.elapsed().as_secs_f64() * 1000.0)
}

/// 10,000 full records through the extension; beside it, what `json_encode()` needs for the same arrays.
pub fn planning(extension: &Path) -> Result<Vec<Figure>> {
    let mut command = Command::new("php");
    command
        .args(["-n", "-d", "memory_limit=-1", "-d"])
        .arg(format!("extension={}", extension.display()));
    let measured = measured(command.arg(script("planning.php")))?;
    Ok(vec![Figure {
        name: "plan_10000_full_records".to_owned(),
        value: number(&measured, "/extension")?,
        unit: "ms",
        aim: Some(300.0),
        beside: Beside::Floor("json_encode of the same arrays".to_owned(), number(&measured, "/json")?),
    }])
}
