// SPDX-License-Identifier: GPL-3.0-or-later
//! The client against the emulator, which knows Google's rules and shares no code with it.

mod consent;
mod methods;
mod troubles;

use std::collections::HashMap;
use std::time::Duration;

use gcontacts_people::oauth::{AccessToken, AuthorizationCode, ConsentRequest, OAuth, Registration};
use gcontacts_people::oauth::{Purpose, SCOPES, Tokens, consent_request};
use gcontacts_people::{Client, ClientOptions, Deadline, Endpoints, Error, GoogleAddressBook, Person};
use http::header;
use people_emulator::{Config, Server};
use serde_json::{Value, json};
use url::Url;

use crate::fixture::person;

const CLIENT_ID: &str = "gcontacts-demo.apps.example";
const SECRET: &str = "demo-secret";
const REDIRECT: &str = "https://crm.example/custom/gcontacts/admin/callback.php";

/// A running emulator with one registered client.
pub struct Emulator {
    server: Server,
    browser: reqwest::Client,
}

pub fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(20))
}

pub fn registration() -> Registration {
    Registration::new(CLIENT_ID, SECRET, REDIRECT).unwrap()
}

/// A contact with a name and a marker.
pub fn contact(given: &str, nonce: &str) -> Person {
    person(&json!({
        "names": [{"givenName": given, "familyName": "Test"}],
        "clientData": [{"key": "dolibarr", "value": format!("8f3a:contact:7:{nonce}")}],
    }))
}

impl Emulator {
    /// Starts one with the settings of a JSON object, beside the defaults.
    pub fn start(settings: &Value) -> Self {
        // The default client knows no redirect address yet.
        let clients = json!([{"client_id": CLIENT_ID, "client_secret": SECRET, "redirect_uris": [REDIRECT]}]);
        let config = Config::of_environment()
            .unwrap()
            .changed(&json!({"clients": clients}))
            .unwrap()
            .changed(settings)
            .unwrap();
        // In a thread without a runtime, for the server starts one of its own.
        let server = std::thread::spawn(move || Server::start(config)).join().unwrap();
        let _ = rustls::crypto::ring::default_provider().install_default();
        let browser = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy();
        Self {
            server,
            browser: browser.build().unwrap(),
        }
    }

    /// A client of this emulator.
    pub fn client(&self) -> Client {
        let base = self.server.url();
        let endpoints = Endpoints::new(&base, &base).unwrap();
        Client::new(&ClientOptions { endpoints, proxy: None }).unwrap()
    }

    pub fn oauth(&self) -> OAuth {
        OAuth::new(self.client())
    }

    /// Opens the address book with a token of these scopes.
    pub fn book_with(&self, scopes: &[&str]) -> GoogleAddressBook {
        let token = self.server.token("phone@example.com", scopes);
        GoogleAddressBook::new(self.client(), AccessToken::new(token))
    }

    /// Opens the address book.
    pub fn book(&self) -> GoogleAddressBook {
        self.book_with(&SCOPES)
    }

    /// Orders a trouble.
    pub fn trouble(&self, pattern: &str, action: &Value) {
        self.server.order_fault(json!({"match": pattern, "action": action}));
    }

    /// How many contacts there are, by the emulator's own word.
    pub fn contacts(&self) -> usize {
        self.server.state()["contacts"].as_array().expect("a list").len()
    }

    /// Decides on the consent page as a person would, and returns what the browser is sent back with.
    pub async fn decide(&self, consent: &ConsentRequest, decision: &str) -> HashMap<String, String> {
        let page = self.browser.get(&consent.url).send().await.unwrap();
        assert_eq!(page.status(), 200, "{}", page.text().await.unwrap());
        let form = [("decision", decision), ("account", "phone@example.com")];
        let answer = self.browser.post(&consent.url).form(&form).send().await.unwrap();
        let target = answer
            .headers()
            .get(header::LOCATION)
            .expect("a way back")
            .to_str()
            .unwrap();
        assert!(target.starts_with(REDIRECT), "{target}");
        Url::parse(target).unwrap().query_pairs().into_owned().collect()
    }

    /// Consents, and exchanges the code.
    pub async fn consent(&self) -> Result<Tokens, Error> {
        let consent = consent_request(self.client().endpoints(), &registration(), Purpose::Sync, "").unwrap();
        let back = self.decide(&consent, "allow").await;
        assert_eq!(back.get("state"), Some(consent.state.secret()));
        let code = AuthorizationCode::new(back["code"].clone());
        self.oauth()
            .exchange_code(&registration(), Purpose::Sync, code, consent.verifier, soon())
            .await
    }

    pub async fn connect(&self) -> Tokens {
        self.consent().await.unwrap()
    }
}
