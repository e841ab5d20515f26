// SPDX-License-Identifier: GPL-3.0-or-later
//! `people-emulator --port N [--config FILE.json]`, `people-emulator --switches`

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Parser;
use people_emulator::{Config, Server};
use tokio::signal::unix::{SignalKind, signal};

/// A page of a thousand persons is millions of small pieces: with the system's allocator it takes longer than Google's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A strict local Google People API and OAuth 2.0 server, on 127.0.0.1 only.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Port; 0 is any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Settings as JSON: those that differ from the defaults.
    #[arg(long)]
    config: Option<PathBuf>,
    /// Writes each switch of what Google leaves open, turned to the reading that is not the default, and ends.
    #[arg(long)]
    switches: bool,
}

#[tokio::main(flavor = "current_thread")]
#[expect(
    clippy::print_stdout,
    reason = "lines for whoever started the program: that it is ready, or what it was asked for"
)]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    if arguments.switches {
        for switch in Config::switches().map_err(anyhow::Error::msg)? {
            println!("{}", serde_json::Value::Object(switch));
        }
        return Ok(());
    }
    let config = match &arguments.config {
        None => Config::default(),
        Some(file) => read_config(file).with_context(|| format!("cannot use {}", file.display()))?,
    };
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let server = Server::listen(config, arguments.port)
        .with_context(|| format!("cannot listen on 127.0.0.1:{}", arguments.port))?;
    println!("people-emulator listening on {}", server.url());
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    drop(server);
    Ok(())
}

fn read_config(file: &PathBuf) -> anyhow::Result<Config> {
    let text = std::fs::read_to_string(file)?;
    Config::default()
        .changed(&serde_json::from_str(&text)?)
        .map_err(anyhow::Error::msg)
}
