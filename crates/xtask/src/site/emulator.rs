// SPDX-License-Identifier: GPL-3.0-or-later
//! The Google side of a site: the emulator, told which site may ask for consent.

use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};
use serde_json::json;

use crate::artefacts;
use crate::http::Browser;
use crate::process::Daemon;

/// The OAuth client that the emulator and the sites share.
pub const CLIENT: (&str, &str) = ("gcontacts-demo.apps.example", "demo-secret");

/// The page of the module that Google sends a browser back to, below Dolibarr's own address.
const REDIRECT: &str = "/custom/gcontacts/admin/callback.php";

/// A running emulator.
pub struct Emulator {
    /// The process.
    pub daemon: Daemon,
    /// Its address.
    pub url: String,
}

impl Emulator {
    /// Starts the emulator, where `program` was built, for a Dolibarr at `site`.
    ///
    /// # Errors
    /// When it does not start or refuses the settings.
    pub fn start(program: &Path, home: &Path, port: u16, site: &str) -> Result<Option<Self>> {
        let Some(program) = artefacts::if_built(program) else {
            return Ok(None);
        };
        let mut command = Command::new(program);
        command.args(["--port", &port.to_string()]);
        let mut daemon = Daemon::start("emulator", &mut command, home)?;
        daemon.wait_until(|| TcpStream::connect(("127.0.0.1", port)).is_ok())?;
        let emulator = Self {
            daemon,
            url: format!("http://127.0.0.1:{port}"),
        };
        emulator.allow(site)?;
        Ok(Some(emulator))
    }

    fn allow(&self, site: &str) -> Result<()> {
        let (id, secret) = CLIENT;
        let redirects = [format!("{site}{REDIRECT}"), "http://localhost".to_owned()];
        let client = json!({ "client_id": id, "client_secret": secret, "redirect_uris": redirects, "testing": false });
        let answer = Browser::default().post_json(&format!("{}/_config", self.url), &json!({ "clients": [client] }))?;
        if answer.status != 200 {
            bail!("the emulator refuses its settings ({}): {}", answer.status, answer.body);
        }
        Ok(())
    }
}
