// SPDX-License-Identifier: GPL-3.0-or-later
//! The emulator inside a test of an asynchronous client.

use std::net::TcpStream;

use people_emulator::{Config, Server};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test(flavor = "current_thread")]
async fn serves_a_test_that_has_one_thread_only() {
    let server = Server::start(Config::default());
    server.phone(json!({"op": "create", "person": {"names": [{"givenName": "Marie"}]}}));
    let token = server.token("phone@example.com", &["https://www.googleapis.com/auth/contacts"]);
    let mut stream = tokio::net::TcpStream::connect(server.url().trim_start_matches("http://"))
        .await
        .unwrap();
    let request = format!(
        "GET /v1/people/me/connections?personFields=names HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
         Authorization: Bearer {token}\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.contains("Marie"), "{answer}");
    assert_eq!(server.log()["counts"]["people.connections.list"]["200"], 1);
}

#[test]
fn stops_when_it_is_dropped() {
    let server = Server::start(Config::default());
    let address = server.url().trim_start_matches("http://").to_owned();
    assert!(TcpStream::connect(&address).is_ok());
    drop(server);
    assert!(TcpStream::connect(&address).is_err());
}

#[test]
fn a_taken_port_is_an_error() {
    let server = Server::start(Config::default());
    let port = server.url().rsplit(':').next().unwrap().parse().unwrap();
    assert!(Server::listen(Config::default(), port).is_err());
}

#[test]
fn the_same_seed_gives_the_same_names() {
    let names = || {
        let server = Server::start(Config {
            rng_seed: 7,
            ..Config::default()
        });
        server.seed(json!({"n": 3}))
    };
    assert_eq!(names(), names());
}
