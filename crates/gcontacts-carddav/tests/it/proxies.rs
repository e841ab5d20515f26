// SPDX-License-Identifier: GPL-3.0-or-later
//! Where the site has a proxy: public hosts are reached through it, those inside of the network never.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use gcontacts_carddav::guard::Reach;
use gcontacts_carddav::{Access, Client, Error, Proxy};

use crate::servers::{login, radicale, run};

/// A proxy that lets nobody through; tells what it was asked first.
fn proxy() -> (Proxy, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let head = lines.map(Result::unwrap).take_while(|line| !line.is_empty()).collect();
        stream
            .write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n")
            .unwrap();
        head
    });
    let proxy = Proxy {
        url,
        user: "site".to_owned(),
        password: "pr0xy".to_owned(),
    };
    (proxy, asked)
}

fn client(reach: Reach, proxy: Proxy) -> Client {
    Client::new(Access {
        reach,
        proxy: Some(proxy),
        until: Instant::now() + Duration::from_mins(1),
    })
    .unwrap()
}

#[test]
fn a_public_host_is_reached_through_the_proxy() {
    let (proxy, asked) = proxy();
    let client = client(Reach::Public, proxy);
    let url = client.address("https://cloud.gcontacts.example/dav").unwrap();
    let refused = run(client.books(&url, &login("s3cret"))).unwrap_err();
    assert!(matches!(refused, Error::Network(_)), "{refused:?}");
    let asked = asked.join().unwrap();
    assert_eq!(
        asked.first().map(String::as_str),
        Some("CONNECT cloud.gcontacts.example:443 HTTP/1.1")
    );
    let told = asked.join("\n").to_ascii_lowercase();
    assert!(told.contains("proxy-authorization: basic "), "{told}");
    assert!(
        !told.contains("\nauthorization:"),
        "the proxy does not get the login of the server: {told}"
    );
}

#[test]
fn what_is_inside_never_goes_through_the_proxy() {
    let server = radicale(2);
    // Nobody listens there: whoever goes there fails.
    let closed = || Proxy {
        url: "http://127.0.0.1:9".to_owned(),
        user: String::new(),
        password: String::new(),
    };
    let allowed = client(Reach::Any, closed());
    let start = allowed.address(&server.url).unwrap();
    let books = run(allowed.books(&start, &login("s3cret"))).unwrap();
    assert_eq!(
        books.len(),
        1,
        "an administrator allowed it, and no proxy knows the way"
    );
    let strict = client(Reach::Public, closed());
    assert!(matches!(strict.address("https://10.0.0.1/"), Err(Error::Private(_))));
}

#[test]
fn an_address_of_a_proxy_that_is_none_is_told() {
    let (mut wrong, _) = proxy();
    wrong.url = "http://".to_owned();
    let access = Access {
        reach: Reach::Any,
        proxy: Some(wrong),
        until: Instant::now(),
    };
    assert!(matches!(Client::new(access), Err(Error::Network(_))));
}
