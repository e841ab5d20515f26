// SPDX-License-Identifier: GPL-3.0-or-later
//! The wish to stop: SIGINT, SIGTERM or SIGHUP only set a flag, so that whoever started a process also ends it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

static STOP: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| Arc::new(AtomicBool::new(false)));

/// Starts to note the signals that ask this process to end.
pub fn watch() -> Result<()> {
    for signal in [SIGHUP, SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&STOP)).context("cannot watch for signals")?;
    }
    Ok(())
}

/// Whether somebody asked this process to end.
pub fn stop_requested() -> bool {
    STOP.load(Ordering::SeqCst)
}

/// Asks this process to end, as a signal would.
pub fn request_stop() {
    STOP.store(true, Ordering::SeqCst);
}

/// Sleeps for a moment of waiting.
///
/// # Errors
/// When somebody asked this process to end.
pub fn pause(duration: Duration) -> Result<()> {
    if stop_requested() {
        bail!("stopped on request");
    }
    std::thread::sleep(duration);
    Ok(())
}
