// SPDX-License-Identifier: GPL-3.0-or-later
//! Consent, tokens, and their end.

use gcontacts_people::oauth::{
    AuthorizationCode, CONTACTS_SCOPE, PkceCodeVerifier, Purpose, RefreshToken, Registration, consent_request,
};
use gcontacts_people::{AddressBook as _, Certainty, GoogleAddressBook, Reason};
use serde_json::json;

use super::{CLIENT_ID, Emulator, REDIRECT, SECRET, registration, soon};

#[tokio::test]
async fn from_consent_to_revocation() {
    let google = Emulator::start(&json!({}));
    let (oauth, tokens) = (google.oauth(), google.connect().await);
    let refresh_token = tokens.refresh_token.expect("offline access with a consent gives one");
    let whose = oauth.userinfo(&tokens.access_token, soon()).await.unwrap();
    assert_eq!(
        (whose.sub.as_str(), whose.email.as_str()),
        ("100000000000000000001", "phone@example.com")
    );

    let renewed = oauth.refresh(&registration(), &refresh_token, soon()).await.unwrap();
    assert_ne!(renewed.access_token.secret(), tokens.access_token.secret());
    assert!(renewed.refresh_token.is_none(), "Google does not repeat it");
    oauth.userinfo(&renewed.access_token, soon()).await.unwrap();

    oauth.revoke(&refresh_token, soon()).await.unwrap();
    let gone = oauth
        .refresh(&registration(), &refresh_token, soon())
        .await
        .unwrap_err();
    assert_eq!(
        (gone.reason(), gone.certainty()),
        (Reason::InvalidGrant, Certainty::NotApplied)
    );
    assert_eq!(
        oauth
            .userinfo(&renewed.access_token, soon())
            .await
            .unwrap_err()
            .reason(),
        Reason::TokenInvalid
    );
    oauth
        .revoke(&refresh_token, soon())
        .await
        .expect("what is revoked stays revoked");
}

#[tokio::test]
async fn a_refused_consent_comes_back_without_a_code() {
    let google = Emulator::start(&json!({}));
    let consent = consent_request(google.client().endpoints(), &registration(), Purpose::Sync, "").unwrap();
    let back = google.decide(&consent, "deny").await;
    assert_eq!(back.get("error").map(String::as_str), Some(Reason::AccessDenied.code()));
    assert_eq!(back.get("state"), Some(consent.state.secret()));
    assert!(!back.contains_key("code"));
}

#[tokio::test]
async fn an_unticked_box_is_noticed() {
    let google = Emulator::start(&json!({"withhold_scopes": ["https://www.googleapis.com/auth/contacts"]}));
    let error = google.consent().await.unwrap_err();
    assert_eq!(error.reason(), Reason::ScopeMissing);
    // Tick it the next time: nothing stands in the way.
    google.server.configure(json!({"withhold_scopes": []}));
    google.connect().await;
}

/// Consents and exchanges the code in another way than it was asked for.
async fn exchange_with(google: &Emulator, registration: &Registration, verifier: Option<&str>) -> Reason {
    let consent = consent_request(google.client().endpoints(), &super::registration(), Purpose::Sync, "").unwrap();
    let back = google.decide(&consent, "allow").await;
    let code = AuthorizationCode::new(back["code"].clone());
    let verifier = verifier.map_or(consent.verifier, |text| PkceCodeVerifier::new(text.to_owned()));
    google
        .oauth()
        .exchange_code(registration, Purpose::Sync, code, verifier, soon())
        .await
        .unwrap_err()
        .reason()
}

#[tokio::test]
async fn a_code_is_bound_to_who_asked_for_it() {
    let google = Emulator::start(&json!({}));
    let other = |id, secret, redirect| Registration::new(id, secret, redirect).unwrap();
    let wrong_secret = other(CLIENT_ID, "another", REDIRECT);
    assert_eq!(exchange_with(&google, &wrong_secret, None).await, Reason::InvalidClient);
    let unknown = other("nobody.apps.example", SECRET, REDIRECT);
    assert_eq!(exchange_with(&google, &unknown, None).await, Reason::InvalidClient);
    let elsewhere = other(CLIENT_ID, SECRET, "https://crm.example/elsewhere");
    assert_eq!(
        exchange_with(&google, &elsewhere, None).await,
        Reason::RedirectUriMismatch
    );
    assert_eq!(
        exchange_with(&google, &registration(), Some(&"w".repeat(43))).await,
        Reason::InvalidGrant
    );
}

#[tokio::test]
async fn a_code_is_good_once() {
    let google = Emulator::start(&json!({}));
    let consent = consent_request(google.client().endpoints(), &registration(), Purpose::Sync, "").unwrap();
    let back = google.decide(&consent, "allow").await;
    let exchange = async || {
        let code = AuthorizationCode::new(back["code"].clone());
        let verifier = PkceCodeVerifier::new(consent.verifier.secret().clone());
        google
            .oauth()
            .exchange_code(&registration(), Purpose::Sync, code, verifier, soon())
            .await
    };
    exchange().await.unwrap();
    assert_eq!(exchange().await.unwrap_err().reason(), Reason::InvalidGrant);
}

#[tokio::test]
async fn a_withdrawn_consent_is_told_from_a_failure() {
    let google = Emulator::start(&json!({}));
    let (oauth, tokens) = (google.oauth(), google.connect().await);
    let refresh_token = tokens.refresh_token.unwrap();
    // A refresh may be repeated: a failure in between does not show.
    google.trouble("oauth.token", &json!({"error": {"http": 503}}));
    oauth.refresh(&registration(), &refresh_token, soon()).await.unwrap();
    google.trouble("oauth.token", &json!("grant_revoked"));
    let gone = oauth
        .refresh(&registration(), &refresh_token, soon())
        .await
        .unwrap_err();
    assert_eq!(gone.reason(), Reason::InvalidGrant);
}

#[tokio::test]
async fn who_may_read_only_cannot_write() {
    let google = Emulator::start(&json!({}));
    let consent = consent_request(google.client().endpoints(), &registration(), Purpose::Reading, "").unwrap();
    let back = google.decide(&consent, "allow").await;
    let code = AuthorizationCode::new(back["code"].clone());
    let oauth = google.oauth();
    let tokens = oauth
        .exchange_code(&registration(), Purpose::Reading, code, consent.verifier, soon())
        .await
        .unwrap();
    assert!(tokens.refresh_token.is_none(), "nothing that lasts");
    assert!(!tokens.scopes.iter().any(|scope| scope == CONTACTS_SCOPE));
    let book = GoogleAddressBook::new(google.client(), tokens.access_token.clone());
    assert_eq!(book.count(soon()).await.unwrap(), 0);
    let refused = book.create_group("Onelog", &[], soon()).await.unwrap_err();
    assert_eq!(refused.reason(), Reason::ScopeMissing);
    oauth
        .revoke(&RefreshToken::new(tokens.access_token.secret().clone()), soon())
        .await
        .unwrap();
    assert_eq!(
        oauth.userinfo(&tokens.access_token, soon()).await.unwrap_err().reason(),
        Reason::TokenInvalid
    );
}
