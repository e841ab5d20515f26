// SPDX-License-Identifier: GPL-3.0-or-later
//! What servers answer, and what nobody should answer.

use gcontacts_carddav::{Error, parse_multistatus};

#[test]
fn properties_count_only_where_they_were_found() {
    let answer = parse_multistatus(
        r#"<?xml version="1.0"?><multistatus xmlns="DAV:" xmlns:CR="urn:ietf:params:xml:ns:carddav">
        <response><href>/b/</href><propstat><prop><displayname>Kontakte &amp; mehr</displayname>
        <resourcetype><collection/><CR:addressbook/></resourcetype></prop><status>HTTP/1.1 200 OK</status></propstat>
        <propstat><prop><getetag>none</getetag></prop><status>HTTP/1.1 404 Not Found</status></propstat></response>
        <response><href>/b/gone.vcf</href><status>HTTP/1.1 404 Not Found</status></response>
        <response><href>/b/a.vcf</href><propstat><prop><getetag>"1"</getetag><CR:address-data><![CDATA[BEGIN:VCARD]]>&#13;
END:VCARD</CR:address-data></prop><status>HTTP/1.1 200 OK</status></propstat></response>
        <sync-token>t1</sync-token></multistatus>"#,
    )
    .unwrap();
    let [book, gone, card] = answer.resources.as_slice() else {
        panic!("{answer:?}")
    };
    assert_eq!(
        (book.name.as_str(), book.is_book, book.etag.as_str()),
        ("Kontakte & mehr", true, "")
    );
    assert_eq!(gone.status, 404);
    assert_eq!(card.data, "BEGIN:VCARD\r\nEND:VCARD");
    assert_eq!(answer.sync_token, "t1");
}

#[test]
fn entities_are_not_expanded() {
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><multistatus xmlns="DAV:"><response><href>&b;</href></response></multistatus>"#;
    assert!(matches!(parse_multistatus(bomb), Err(Error::Answer(_))));
    let undeclared = r#"<multistatus xmlns="DAV:"><response><href>&b;</href></response></multistatus>"#;
    assert!(matches!(parse_multistatus(undeclared), Err(Error::Answer(_))));
    let deep = format!("{}{}", "<a>".repeat(1000), "</a>".repeat(1000));
    assert!(matches!(parse_multistatus(&deep), Err(Error::Answer(_))));
}
