// SPDX-License-Identifier: GPL-3.0-or-later
//! Networks that fail: each way is told from the others, and whether a write may have been carried out.

use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use gcontacts_core::ResourceName;
use gcontacts_people::oauth::AccessToken;
use gcontacts_people::{AddressBook, Certainty, Client, ClientOptions, Deadline, Endpoints, Error};
use gcontacts_people::{GoogleAddressBook, Person, Proxy, Reason, Secret};
use tokio::net::TcpSocket;

use crate::replay::{answer, book, receive, serve};

fn seconds(seconds: u64) -> Deadline {
    Deadline::after(Duration::from_secs(seconds))
}

fn book_at(base: &str, proxy: Option<Proxy>) -> GoogleAddressBook {
    let endpoints = Endpoints::new(base, base).unwrap();
    let client = Client::new(&ClientOptions { endpoints, proxy }).unwrap();
    GoogleAddressBook::new(client, AccessToken::new("ya29.secret".to_owned()))
}

async fn create_fails(book: &GoogleAddressBook, deadline: Deadline) -> Error {
    let error = book.create(&Person::default(), deadline).await.unwrap_err();
    let words = format!("{error} {error:?}");
    assert!(!words.contains("secret"), "{words}");
    error
}

/// A port that nobody else can take while the socket lives, and on which nobody listens.
fn dead_port() -> (u16, TcpSocket) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    (socket.local_addr().unwrap().port(), socket)
}

/// A server that breaks each of `connections` connections in its own way.
fn breaking(connections: usize, how: impl Fn(&TcpStream) + Send + 'static) -> u16 {
    serve(connections, move |_, stream| how(stream)).0
}

#[tokio::test]
async fn nobody_listens() {
    let (port, _socket) = dead_port();
    let error = create_fails(&book(port), seconds(5)).await;
    assert_eq!(
        (error.reason(), error.certainty()),
        (Reason::NetworkRefused, Certainty::NotApplied)
    );
    assert!(error.to_string().starts_with("network_refused: "), "{error}");
}

#[tokio::test]
async fn the_name_does_not_resolve() {
    // A label of more than 63 bytes is refused by the resolver itself: no question leaves the machine.
    let error = create_fails(
        &book_at(&format!("http://{}.invalid", "a".repeat(64)), None),
        seconds(5),
    )
    .await;
    assert_eq!(
        (error.reason(), error.certainty()),
        (Reason::NetworkDns, Certainty::NotApplied)
    );
}

#[tokio::test]
async fn the_server_speaks_no_tls() {
    let port = breaking(1, |stream| answer(stream, 400, "", "plain http"));
    let error = create_fails(&book_at(&format!("https://127.0.0.1:{port}"), None), seconds(5)).await;
    assert_eq!(
        (error.reason(), error.certainty()),
        (Reason::NetworkTls, Certainty::NotApplied)
    );
}

#[tokio::test]
async fn no_connection_comes_about() {
    // A queue for one connection, taken: further ones are neither accepted nor refused.
    let listener = dead_port().1.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let _taken: Vec<_> = (0..4)
        .map(|_| TcpStream::connect_timeout(&address, Duration::from_millis(200)))
        .collect();
    let error = create_fails(&book(address.port()), seconds(20)).await;
    assert_eq!(
        (error.reason(), error.certainty()),
        (Reason::NetworkTimeout, Certainty::NotApplied)
    );
}

#[tokio::test]
async fn the_connection_breaks_before_the_answer() {
    let port = breaking(1, |stream| drop(receive(stream)));
    let error = create_fails(&book(port), seconds(5)).await;
    assert_eq!(
        (error.reason(), error.certainty()),
        (Reason::Network, Certainty::Unknown)
    );
}

#[tokio::test]
async fn the_answer_is_cut_short() {
    let port = breaking(1, |mut stream| {
        receive(stream);
        std::io::Write::write_all(&mut stream, b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"resou").unwrap();
    });
    let error = create_fails(&book(port), seconds(5)).await;
    assert_eq!(
        (error.reason(), error.certainty()),
        (Reason::Network, Certainty::Unknown)
    );
}

#[tokio::test]
async fn the_server_hangs() {
    let (_end, waits) = std::sync::mpsc::channel::<()>();
    let port = breaking(1, move |stream| {
        receive(stream);
        // Until the test is over.
        let _ = waits.recv();
    });
    let started = Instant::now();
    let error = create_fails(&book(port), seconds(2)).await;
    assert_eq!(
        (error.reason(), error.certainty()),
        (Reason::Deadline, Certainty::Unknown)
    );
    assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
}

#[tokio::test]
async fn the_deadline_is_over_before_the_call() {
    let (port, _socket) = dead_port();
    let error = create_fails(&book(port), seconds(0)).await;
    assert_eq!(
        (error.reason(), error.certainty()),
        (Reason::Deadline, Certainty::NotApplied)
    );
}

#[tokio::test]
async fn a_read_is_tried_again_and_a_write_is_not() {
    let (port, server) = serve(2, |index, stream| {
        receive(stream);
        match index {
            0 => answer(stream, 503, "", "<html>"),
            _ => answer(stream, 200, "", r#"{"resourceName": "people/c1"}"#),
        }
    });
    let got = book(port)
        .get(&ResourceName("people/c1".to_owned()), seconds(10))
        .await
        .unwrap();
    server.join().unwrap();
    assert_eq!(got.resource_name(), Some(ResourceName("people/c1".to_owned())));

    let port = breaking(1, |stream| {
        receive(stream);
        answer(stream, 503, "", "<html>");
    });
    // The server is gone after one connection: a second attempt would be refused.
    assert_eq!(
        create_fails(&book(port), seconds(10)).await.reason(),
        Reason::ServerError
    );
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_told_instead_of_taken() {
    let port = breaking(1, |stream| {
        receive(stream);
        answer(
            stream,
            429,
            "retry-after: 30\r\n",
            r#"{"error": {"code": 429, "message": "Quota exceeded"}}"#,
        );
    });
    let started = Instant::now();
    let error = create_fails(&book(port), seconds(20)).await;
    assert_eq!(error.reason(), Reason::QuotaRate);
    // The second in which it came may have been nearly over.
    assert_eq!(error.retry_after(), Some(Duration::from_secs(31)));
    assert!(started.elapsed() < Duration::from_secs(15));
}

#[tokio::test]
async fn a_proxy_is_gone_through_with_its_login() {
    let (port, server) = serve(1, |_, stream| {
        let received = receive(stream).unwrap();
        answer(stream, 200, "", r#"{"resourceName": "people/c1"}"#);
        (received.line, received.headers)
    });
    let proxy = Proxy {
        url: format!("http://127.0.0.1:{port}"),
        user: "site".to_owned(),
        password: Secret::new("pass"),
    };
    let book = book_at("http://people.example", Some(proxy));
    book.get(&ResourceName("people/c1".to_owned()), seconds(5))
        .await
        .unwrap();
    let (line, headers) = server.join().unwrap().remove(0);
    assert!(line.starts_with("GET http://people.example/v1/people/c1?"), "{line}");
    assert!(
        headers.contains(&"proxy-authorization: basic c2l0ztpwyxnz".to_owned()),
        "{headers:?}"
    );
}

#[tokio::test]
async fn a_proxy_refuses() {
    let proxy = |port| {
        Some(Proxy {
            url: format!("http://127.0.0.1:{port}"),
            user: String::new(),
            password: Secret::default(),
        })
    };
    let (port, _socket) = dead_port();
    let gone = create_fails(&book_at("http://people.example", proxy(port)), seconds(5)).await;
    assert_eq!(
        (gone.reason(), gone.certainty()),
        (Reason::NetworkProxy, Certainty::NotApplied)
    );

    let port = breaking(2, |stream| {
        receive(stream);
        answer(
            stream,
            407,
            "proxy-authenticate: Basic\r\n",
            "<html>who are you?</html>",
        );
    });
    for scheme in ["http", "https"] {
        let error = create_fails(&book_at(&format!("{scheme}://people.example"), proxy(port)), seconds(5)).await;
        assert_eq!(
            (error.reason(), error.certainty()),
            (Reason::NetworkProxy, Certainty::NotApplied),
            "{scheme}"
        );
    }
}

#[test]
fn a_proxy_without_an_address_is_refused() {
    let proxy = Proxy {
        url: "http://".to_owned(),
        user: String::new(),
        password: Secret::default(),
    };
    let error = Client::new(&ClientOptions {
        endpoints: Endpoints::google(),
        proxy: Some(proxy),
    })
    .unwrap_err();
    assert_eq!(error.reason(), Reason::NetworkProxy);
}

#[tokio::test]
async fn a_long_read_is_sent_as_a_post_that_says_it_is_a_get() {
    let (port, server) = serve(1, |_, stream| {
        let received = receive(stream).unwrap();
        answer(stream, 200, "", "{}");
        received
    });
    let names: Vec<_> = (0..200)
        .map(|number| ResourceName(format!("people/c{number}")))
        .collect();
    let outcomes = book(port).batch_get(&names, seconds(5)).await.unwrap();
    let received = server.join().unwrap().remove(0);
    assert_eq!(received.line, "POST /v1/people:batchGet");
    assert!(
        received.headers.contains(&"x-http-method-override: get".to_owned()),
        "{:?}",
        received.headers
    );
    assert!(
        received
            .body
            .ends_with("&resourceNames=people%2Fc199&prettyPrint=false"),
        "{}",
        received.body
    );
    // Nobody was answered for: each is an error of its own.
    assert!(
        outcomes
            .iter()
            .all(|outcome| outcome.as_ref().unwrap_err().reason() == Reason::BadAnswer)
    );
}
