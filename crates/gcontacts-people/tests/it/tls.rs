// SPDX-License-Identifier: GPL-3.0-or-later
//! Trust: whom the system trusts is trusted, and nobody else.
//!
//! The server's certificate is of an authority made for this test, whose own key was thrown away.

use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use gcontacts_people::oauth::AccessToken;
use gcontacts_people::{Certainty, Client, ClientOptions, Deadline, Endpoints, Error, GoogleAddressBook, Reason};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::replay::serve;

/// Tells the test that runs again in a process of its own where its server is.
const PORT: &str = "GCONTACTS_TEST_TLS_PORT";

fn file(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/fixtures/tls", name]
        .iter()
        .collect()
}

/// Starts a server that counts no contacts, once, over TLS; it returns whether the client went through with it.
fn serve_tls() -> (u16, std::thread::JoinHandle<Vec<bool>>) {
    let chain = vec![CertificateDer::from_pem_file(file("server.pem")).unwrap()];
    let key = PrivateKeyDer::from_pem_file(file("server_key.pem")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap();
    let config = Arc::new(config.with_no_client_auth().with_single_cert(chain, key).unwrap());
    serve(1, move |_, stream| exchange(&config, stream).is_ok())
}

fn exchange(config: &Arc<rustls::ServerConfig>, stream: &TcpStream) -> std::io::Result<()> {
    use std::io::{Read, Write};
    let connection = rustls::ServerConnection::new(config.clone()).map_err(std::io::Error::other)?;
    let mut tls = rustls::StreamOwned::new(connection, stream.try_clone()?);
    // The request has no body and is small: it comes in one record.
    let read = tls.read(&mut [0; 4096])?;
    assert!(read > 0, "a request");
    tls.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")?;
    tls.conn.send_close_notify();
    tls.flush()
}

async fn count(port: &str) -> Result<usize, Error> {
    let endpoints = Endpoints::new(&format!("https://127.0.0.1:{port}"), "").unwrap();
    let client = Client::new(&ClientOptions { endpoints, proxy: None })?;
    let book = GoogleAddressBook::new(client, AccessToken::new("ya29.secret".to_owned()));
    book.count(Deadline::after(Duration::from_secs(10))).await
}

#[tokio::test]
async fn a_stranger_is_not_trusted() {
    let (port, server) = serve_tls();
    let error = count(&port.to_string()).await.unwrap_err();
    assert_eq!(
        (error.reason(), error.certainty()),
        (Reason::CertificateUnknown, Certainty::NotApplied)
    );
    assert!(error.to_string().contains("UnknownIssuer"), "{error}");
    assert_eq!(server.join().unwrap(), [false]);
}

/// The system's certificates are those of `SSL_CERT_FILE` where that is set, which a running process must not change:
/// the test starts itself again with it.
#[tokio::test]
async fn an_authority_of_the_system_is_trusted() {
    if let Ok(port) = std::env::var(PORT) {
        assert_eq!(count(&port).await.unwrap(), 0);
        return;
    }
    let (port, server) = serve_tls();
    let again = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "tls::an_authority_of_the_system_is_trusted", "--quiet"])
        .env("SSL_CERT_FILE", file("authority.pem"))
        .env(PORT, port.to_string())
        .output()
        .unwrap();
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stdout));
    assert_eq!(server.join().unwrap(), [true], "the other process has asked");
}

/// As the test before, with a file that has no certificate.
#[tokio::test]
async fn a_system_without_certificates_says_so() {
    if std::env::var(PORT).is_ok() {
        let error = count("9").await.unwrap_err();
        assert_eq!(error.reason(), Reason::NoCertificates, "{error}");
        return;
    }
    let again = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "tls::a_system_without_certificates_says_so", "--quiet"])
        .env("SSL_CERT_FILE", file("server_key.pem"))
        .env("SSL_CERT_DIR", "/nonexistent")
        .env(PORT, "9")
        .output()
        .unwrap();
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stdout));
}
