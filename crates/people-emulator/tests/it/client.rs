// SPDX-License-Identifier: GPL-3.0-or-later
//! A client that hides nothing: one connection for each request, bytes in, bytes out.

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::net::TcpStream;

use people_emulator::{Config, Server};
use serde_json::{Value, json};

pub const CONTACTS: &str = "https://www.googleapis.com/auth/contacts";

/// A server, and a token for the first account.
pub struct Client {
    pub server: Server,
    pub token: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<String> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then(|| value.to_owned())
        })
    }

    /// The answer is this error of the People API; its message.
    #[track_caller]
    pub fn refused(&self, http: u16, status: &str) -> String {
        assert_eq!(self.status, http, "{}", self.text());
        let body = self.json();
        assert_eq!(body["error"]["code"], http);
        assert_eq!(body["error"]["status"], status);
        body["error"]["message"].as_str().unwrap().to_owned()
    }

    #[track_caller]
    pub fn good(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text());
        self.json()
    }
}

impl Client {
    pub fn new() -> Self {
        Self::with(Config::default())
    }

    pub fn with(config: Config) -> Self {
        let server = Server::start(config);
        let token = server.token("phone@example.com", &["openid", "email", CONTACTS]);
        Self { server, token }
    }

    /// Sends a request; `None` where the connection closed without an answer.
    pub fn send(&self, verb: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<Answer> {
        let address = self.server.url().trim_start_matches("http://").to_owned();
        let mut stream = TcpStream::connect(&address).unwrap();
        let mut request = format!("{verb} {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
        for (name, value) in headers {
            write!(request, "{name}: {value}\r\n").unwrap();
        }
        write!(request, "Content-Length: {}\r\n\r\n", body.len()).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut bytes = Vec::new();
        // A connection that the server cuts may end in a reset.
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Some(Answer {
            status,
            head,
            body: bytes[end + 4..].to_vec(),
        })
    }

    pub fn call_as(&self, token: &str, verb: &str, target: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {token}");
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        let bytes = if body.is_null() {
            Vec::new()
        } else {
            body.to_string().into_bytes()
        };
        self.send(verb, target, &headers, &bytes).expect("an answer")
    }

    pub fn call(&self, verb: &str, target: &str, body: &Value) -> Answer {
        self.call_as(&self.token, verb, target, body)
    }

    pub fn get(&self, target: &str) -> Answer {
        self.call("GET", target, &Value::Null)
    }

    pub fn post(&self, target: &str, body: &Value) -> Answer {
        self.call("POST", target, body)
    }

    pub fn form(&self, target: &str, form: &[(&str, &str)]) -> Answer {
        let headers = [("Content-Type", "application/x-www-form-urlencoded")];
        self.send("POST", target, &headers, query(form).as_bytes())
            .expect("an answer")
    }

    /// Creates a contact of this name.
    pub fn create(&self, name: &str) -> Value {
        self.post("/v1/people:createContact", &json!({"names": [{"givenName": name}]}))
            .good()
    }

    /// Updates the fields that the person names besides its etag.
    pub fn update(&self, name: &str, mask: &str, person: &Value) -> Answer {
        self.call(
            "PATCH",
            &format!("/v1/{name}:updateContact?updatePersonFields={mask}"),
            person,
        )
    }

    pub fn contacts(&self) -> Vec<Value> {
        self.server.state()["contacts"].as_array().unwrap().clone()
    }
}

pub fn name(person: &Value) -> &str {
    person["resourceName"].as_str().unwrap()
}

/// The given names of a list of contacts.
pub fn given_names(answer: &Value) -> Vec<&str> {
    let people = answer["connections"].as_array().map(Vec::as_slice).unwrap_or_default();
    people
        .iter()
        .map(|person| person["names"][0]["givenName"].as_str().unwrap_or("(deleted)"))
        .collect()
}

pub fn source_etag(person: &Value) -> &str {
    person["metadata"]["sources"][0]["etag"].as_str().unwrap()
}

pub fn query(pairs: &[(&str, &str)]) -> String {
    let part = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    pairs
        .iter()
        .map(|(name, value)| format!("{}={}", part(name), part(value)))
        .collect::<Vec<_>>()
        .join("&")
}
