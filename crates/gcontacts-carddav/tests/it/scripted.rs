// SPDX-License-Identifier: GPL-3.0-or-later
//! What real servers do seldom: an account of changes in parts, redirects, answers without end.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use gcontacts_carddav::guard::Reach;
use gcontacts_carddav::{Access, Client, Error};

use crate::servers::{login, run};

/// Answers of a server: status line and body for the first line of a request and its body.
fn server(answer: impl Fn(&str, &str) -> (String, String) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/book/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        while let Ok((stream, _)) = listener.accept() {
            let (line, body) = request(&stream);
            let (head, body) = answer(&line, &body);
            let length = body.len();
            let _ = write!(
                &stream,
                "HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
        }
    });
    url
}

fn request(stream: &TcpStream) -> (String, String) {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    loop {
        let mut next = String::new();
        reader.read_line(&mut next).unwrap();
        if line.is_empty() {
            next.trim().clone_into(&mut line);
        }
        if let Some(told) = next.to_ascii_lowercase().strip_prefix("content-length:") {
            length = told.trim().parse().unwrap();
        }
        if next.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    (line, String::from_utf8(body).unwrap())
}

fn client() -> Client {
    Client::new(Access {
        reach: Reach::Any,
        proxy: None,
        until: Instant::now() + Duration::from_mins(1),
    })
    .unwrap()
}

fn multistatus(inner: &str) -> (String, String) {
    let body =
        format!(r#"<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav">{inner}</d:multistatus>"#);
    ("207 Multi-Status".to_owned(), body)
}

/// The address book itself, which keeps an account of changes.
fn book() -> (String, String) {
    multistatus(
        "<d:response><d:href>/book/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/><c:addressbook/></d:resourcetype>\
         <d:supported-report-set><d:supported-report><d:report><d:sync-collection/></d:report></d:supported-report>\
         </d:supported-report-set></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>",
    )
}

/// A part of the account of changes: so many cards from `first` on, one that is gone, and whether there is more.
fn part(first: usize, has_more: bool) -> (String, String) {
    let mut inner = String::new();
    for number in first..first + 3 {
        write!(
            inner,
            "<d:response><d:href>/book/{number}.vcf</d:href><d:propstat><d:prop><d:getetag>\"1\"</d:getetag></d:prop>\
             <d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
        )
        .unwrap();
    }
    inner += "<d:response><d:href>/book/gone.vcf</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>";
    if has_more {
        inner +=
            "<d:response><d:href>/book/</d:href><d:status>HTTP/1.1 507 Insufficient Storage</d:status></d:response>";
    }
    write!(inner, "<d:sync-token>after-{first}</d:sync-token>").unwrap();
    multistatus(&inner)
}

/// The cards that a request names.
fn cards(body: &str) -> (String, String) {
    let mut inner = String::new();
    for href in body.split("<d:href>").skip(1).filter_map(|rest| rest.split('<').next()) {
        write!(
            inner,
            "<d:response><d:href>{href}</d:href><d:propstat><d:prop><c:address-data>BEGIN:VCARD\r\nVERSION:4.0\r\n\
             N:Martin;{href};;;\r\nEND:VCARD\r\n</c:address-data></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
        )
        .unwrap();
    }
    multistatus(&inner)
}

#[test]
fn an_account_of_changes_in_parts_is_read_to_its_end() {
    let url = server(|line, body| match (line.split(' ').next(), body) {
        (Some("PROPFIND"), _) => book(),
        (_, body) if body.contains("addressbook-multiget") => cards(body),
        (_, body) if body.contains("<d:sync-token></d:sync-token>") => part(0, true),
        (_, body) if body.contains("after-0") => part(3, true),
        (_, body) if body.contains("after-3") => part(6, false),
        other => panic!("{other:?}"),
    });
    let (client, login) = (client(), login("s3cret"));
    let url = client.address(&url).unwrap();
    let (read, more) = run(client.cards(&url, &login, "FR", 100)).unwrap();
    let mut uids: Vec<_> = read.iter().map(|card| card.uid.clone()).collect();
    uids.sort();
    let expected: Vec<_> = (0..9).map(|number| format!("/book/{number}.vcf")).collect();
    assert_eq!((uids, more), (expected, false), "each once, and none that is gone");
}

#[test]
fn an_account_of_changes_that_is_refused_is_done_without() {
    let url = server(|line, body| match (line.split(' ').next(), body) {
        (Some("PROPFIND"), body) if body.contains("getetag") => part(0, false),
        (Some("PROPFIND"), _) => book(),
        (_, body) if body.contains("addressbook-multiget") => cards(body),
        _ => ("501 Not Implemented".to_owned(), String::new()),
    });
    let (client, login) = (client(), login("s3cret"));
    let url = client.address(&url).unwrap();
    assert_eq!(run(client.cards(&url, &login, "FR", 100)).unwrap().0.len(), 3);
}

#[test]
fn a_server_that_sends_on_elsewhere_does_not_get_the_password() {
    let url = server(|_, _| {
        (
            "301 Moved\r\nlocation: https://evil.example/dav".to_owned(),
            String::new(),
        )
    });
    let client = client();
    let refused = run(client.books(&client.address(&url).unwrap(), &login("s3cret")));
    assert_eq!(refused, Err(Error::OtherHost("evil.example".to_owned())));
    let url = server(|_, _| ("302 Found\r\nlocation: /again/".to_owned(), String::new()));
    let refused = run(client.books(&client.address(&url).unwrap(), &login("s3cret")));
    assert!(matches!(refused, Err(Error::Answer(_))), "{refused:?}");
}
