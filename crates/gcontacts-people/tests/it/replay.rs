// SPDX-License-Identifier: GPL-3.0-or-later
//! A server that plays recorded exchanges in their order, and says which one it expected when another came.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

use gcontacts_people::oauth::AccessToken;
use gcontacts_people::{Client, ClientOptions, Endpoints, GoogleAddressBook};
use serde_json::Value;

use crate::fixture::{Exchange, exchange};

/// A request as it arrived.
pub struct Received {
    /// Method and target.
    pub line: String,
    /// Headers in lower case.
    pub headers: Vec<String>,
    /// Body.
    pub body: String,
}

/// Reads one HTTP request.
pub fn receive(stream: &TcpStream) -> Option<Received> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|read| *read > 0)?;
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        if header.trim().is_empty() {
            break;
        }
        headers.push(header.trim().to_ascii_lowercase());
    }
    let length = headers
        .iter()
        .find_map(|header| header.strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    let line = first.trim().trim_end_matches(" HTTP/1.1").to_owned();
    Some(Received {
        line,
        headers,
        body: String::from_utf8(body).ok()?,
    })
}

/// Answers one HTTP request and ends the connection.
pub fn answer(mut stream: &TcpStream, status: u16, headers: &str, body: &str) {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} x\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n");
    stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(body.as_bytes()))
        .expect("the client reads");
}

/// Starts a server on a free port that handles `connections` connections by `handle`.
pub fn serve<T: Send + 'static>(
    connections: usize,
    handle: impl Fn(usize, &TcpStream) -> T + Send + 'static,
) -> (u16, JoinHandle<Vec<T>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let thread = std::thread::spawn(move || {
        (0..connections)
            .map(|index| handle(index, &listener.accept().expect("a connection").0))
            .collect()
    });
    (port, thread)
}

/// An address book at a port, opened with the token `ya29.secret`.
pub fn book(port: u16) -> GoogleAddressBook {
    GoogleAddressBook::new(client(port), AccessToken::new("ya29.secret".to_owned()))
}

/// A client of a port.
pub fn client(port: u16) -> Client {
    let base = format!("http://127.0.0.1:{port}");
    let endpoints = Endpoints::new(&base, &base).expect("endpoints");
    Client::new(&ClientOptions { endpoints, proxy: None }).expect("a client")
}

/// Plays exchanges; the thread returns when all were played, each compared with its record.
pub fn play(names: &[&'static str]) -> (GoogleAddressBook, Vec<Exchange>, JoinHandle<Vec<()>>) {
    let recorded: Vec<_> = names.iter().map(|name| exchange(name)).collect();
    let played: Vec<_> = names.iter().map(|name| exchange(name)).collect();
    let (port, thread) = serve(played.len(), move |index, stream| {
        let expected = &played[index];
        let received = receive(stream).expect("a request");
        answer(
            stream,
            expected.status,
            "content-type: application/json\r\n",
            &expected.answered.to_string(),
        );
        let name = expected.name;
        // How the answer is laid out says nothing about the call.
        let line = received
            .line
            .replace("?prettyPrint=false", "")
            .replace("&prettyPrint=false", "");
        assert_eq!(line, expected.line, "expected the call {name}");
        assert_eq!(
            serde_json::from_str::<Value>(&received.body).ok(),
            expected.sent,
            "body of the call {name}"
        );
        assert!(
            received
                .headers
                .contains(&"authorization: bearer ya29.secret".to_owned()),
            "{name}"
        );
        let compressed = |header: &String| header.starts_with("accept-encoding:") && header.contains("gzip");
        assert!(
            received.headers.iter().any(compressed),
            "{name}: {:?}",
            received.headers
        );
        assert!(
            received
                .headers
                .contains(&"user-agent: gcontacts/2.0 (gzip)".to_owned()),
            "{name}"
        );
    });
    (book(port), recorded, thread)
}
