// SPDX-License-Identifier: GPL-3.0-or-later
//! The consent and the tokens, played without Google.

use std::collections::HashMap;
use std::time::Duration;

use gcontacts_people::oauth::{AccessToken, AuthorizationCode, OAuth, PkceCodeVerifier, RefreshToken};
use gcontacts_people::oauth::{CONTACTS_SCOPE, Purpose, READING_SCOPE, Registration, SCOPES, consent_request};
use gcontacts_people::{Certainty, Deadline, Endpoints, Error, Reason};
use serde_json::{Value, json};
use url::Url;

use crate::replay::{Received, answer, client, receive, serve};

const REDIRECT: &str = "https://crm.example/custom/gcontacts/admin/callback.php";

fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(5))
}

fn registration() -> Registration {
    Registration::new("id.apps.example", "GOCSPX-secret", REDIRECT).unwrap()
}

fn pairs(url: &Url) -> HashMap<String, String> {
    url.query_pairs().into_owned().collect()
}

/// Reads a form body.
fn form(body: &str) -> HashMap<String, String> {
    pairs(&Url::parse(&format!("http://form/?{body}")).unwrap())
}

/// Plays one answer, and gives what the call returned with the request that arrived.
async fn play<T>(status: u16, body: Value, call: impl AsyncFnOnce(OAuth) -> T) -> (T, Received) {
    let (port, server) = serve(1, move |_, stream| {
        let received = receive(stream).unwrap();
        answer(
            stream,
            status,
            "content-type: application/json; charset=utf-8\r\n",
            &body.to_string(),
        );
        received
    });
    let returned = call(OAuth::new(client(port))).await;
    (returned, server.join().unwrap().remove(0))
}

fn granted(scope: &str) -> Value {
    json!({
        "access_token": "ya29.secret", "expires_in": 3599, "refresh_token": "1//secret", "scope": scope,
        "token_type": "Bearer", "id_token": "e30.e30.x",
    })
}

async fn exchange(oauth: OAuth) -> Result<gcontacts_people::oauth::Tokens, Error> {
    let code = AuthorizationCode::new("4/0Acode".to_owned());
    let verifier = PkceCodeVerifier::new("v".repeat(43));
    oauth
        .exchange_code(&registration(), Purpose::Sync, code, verifier, soon())
        .await
}

async fn refresh(oauth: OAuth) -> Result<gcontacts_people::oauth::Tokens, Error> {
    let registration = Registration::new("id.apps.example", "GOCSPX-secret", "").unwrap();
    oauth
        .refresh(&registration, &RefreshToken::new("1//secret".to_owned()), soon())
        .await
}

#[test]
fn the_consent_page_is_asked_for_all_that_is_needed() {
    let consent = consent_request(
        &Endpoints::google(),
        &registration(),
        Purpose::Sync,
        "boss@onelog.example",
    )
    .unwrap();
    let url = Url::parse(&consent.url).unwrap();
    assert_eq!(
        url.as_str().split('?').next(),
        Some("https://accounts.google.com/o/oauth2/v2/auth")
    );
    let mut asked = pairs(&url);
    assert_eq!(asked.remove("state").as_ref(), Some(consent.state.secret()));
    let challenge = asked.remove("code_challenge").unwrap();
    assert_eq!(challenge.len(), 43, "SHA-256 in base64url");
    assert_ne!(&challenge, consent.verifier.secret());
    assert!(consent.verifier.secret().len() >= 43, "RFC 7636, section 4.1");
    let expected = [
        ("client_id", "id.apps.example"),
        ("redirect_uri", REDIRECT),
        ("response_type", "code"),
        ("scope", "openid email https://www.googleapis.com/auth/contacts"),
        ("access_type", "offline"),
        ("prompt", "consent"),
        ("include_granted_scopes", "true"),
        ("code_challenge_method", "S256"),
        ("login_hint", "boss@onelog.example"),
    ];
    assert_eq!(
        asked,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
    );
}

#[test]
fn reading_once_asks_for_the_right_to_read_alone_and_for_no_lasting_token() {
    let consent = consent_request(&Endpoints::google(), &registration(), Purpose::Reading, "").unwrap();
    let mut asked = pairs(&Url::parse(&consent.url).unwrap());
    assert_eq!(asked.remove("state").as_ref(), Some(consent.state.secret()));
    assert!(asked.remove("code_challenge").is_some());
    let scope = format!("openid email {READING_SCOPE}");
    let expected = [
        ("client_id", "id.apps.example"),
        ("redirect_uri", REDIRECT),
        ("response_type", "code"),
        ("scope", scope.as_str()),
        ("access_type", "online"),
        ("prompt", "select_account consent"),
        ("code_challenge_method", "S256"),
    ];
    assert_eq!(
        asked,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        "nothing that was granted before comes along"
    );
}

#[test]
fn each_consent_has_a_state_of_its_own_and_hints_only_if_told() {
    let [one, two] =
        [(); 2].map(|()| consent_request(&Endpoints::google(), &registration(), Purpose::Sync, "").unwrap());
    assert_ne!(one.state.secret(), two.state.secret());
    assert_ne!(one.verifier.secret(), two.verifier.secret());
    assert!(!one.url.contains("login_hint"));
}

#[test]
fn a_registration_is_checked_before_any_network() {
    let reason = |id, secret, redirect| Registration::new(id, secret, redirect).unwrap_err().reason();
    assert_eq!(reason(" ", "s", REDIRECT), Reason::ClientIdMissing);
    assert_eq!(reason("id", "\n", REDIRECT), Reason::ClientSecretMissing);
    assert_eq!(reason("id", "s", "crm.example/callback"), Reason::InvalidValue);
}

#[test]
fn debug_tells_no_secret() {
    let consent = consent_request(&Endpoints::google(), &registration(), Purpose::Sync, "").unwrap();
    assert!(!format!("{:?}", registration()).contains("GOCSPX"));
    let verifier = format!("{:?}", consent.verifier);
    assert!(verifier.contains("redacted") && !verifier.contains(consent.verifier.secret()));
}

#[tokio::test]
async fn a_code_becomes_tokens() {
    let (tokens, received) = play(200, granted(&SCOPES.join(" ")), exchange).await;
    let tokens = tokens.unwrap();
    assert_eq!(tokens.access_token.secret(), "ya29.secret");
    assert_eq!(tokens.refresh_token.as_ref().unwrap().secret(), "1//secret");
    assert_eq!(tokens.expires_in, Duration::from_secs(3599));
    assert_eq!(tokens.scopes, SCOPES);
    assert!(!format!("{tokens:?}").contains("secret"), "{tokens:?}");
    assert_eq!(received.line, "POST /token");
    let verifier = "v".repeat(43);
    let sent = [
        ("grant_type", "authorization_code"),
        ("code", "4/0Acode"),
        ("code_verifier", &verifier),
        ("redirect_uri", REDIRECT),
        ("client_id", "id.apps.example"),
        ("client_secret", "GOCSPX-secret"),
    ];
    assert_eq!(
        form(&received.body),
        sent.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
    );
}

#[tokio::test]
async fn a_consent_without_the_contacts_is_refused() {
    let (tokens, _) = play(200, granted("openid email"), exchange).await;
    let error = tokens.unwrap_err();
    assert_eq!(error.reason(), Reason::ScopeMissing);
    assert_eq!(
        error.to_string(),
        "the consent lacks the scope for contacts; granted: openid email"
    );
    // Reading alone is not enough either.
    let (tokens, _) = play(200, granted(&format!("{CONTACTS_SCOPE}.readonly")), exchange).await;
    assert_eq!(tokens.unwrap_err().reason(), Reason::ScopeMissing);
}

#[tokio::test]
async fn a_refresh_sends_no_redirect_address_and_keeps_the_refresh_token() {
    let mut body = granted(CONTACTS_SCOPE);
    body.as_object_mut().unwrap().remove("refresh_token");
    let (tokens, received) = play(200, body, refresh).await;
    assert!(
        tokens.unwrap().refresh_token.is_none(),
        "the caller keeps the one it has"
    );
    let sent = [
        ("grant_type", "refresh_token"),
        ("refresh_token", "1//secret"),
        ("client_id", "id.apps.example"),
        ("client_secret", "GOCSPX-secret"),
    ];
    assert_eq!(
        form(&received.body),
        sent.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
    );
}

#[tokio::test]
async fn refusals_have_their_reasons() {
    let refusals = [
        (400, "invalid_grant", Reason::InvalidGrant),
        (401, "invalid_client", Reason::InvalidClient),
        (400, "redirect_uri_mismatch", Reason::RedirectUriMismatch),
        (400, "unauthorized_client", Reason::InvalidClient),
        (400, "unsupported_grant_type", Reason::InvalidValue),
    ];
    for (status, code, reason) in refusals {
        let body = json!({"error": code, "error_description": "Google's words."});
        let error = play(status, body, exchange).await.0.unwrap_err();
        assert_eq!(
            (error.reason(), error.certainty()),
            (reason, Certainty::NotApplied),
            "{code}"
        );
        assert!(error.to_string().ends_with("Google's words."), "{error}");
    }
}

#[tokio::test]
async fn an_answer_without_tokens_is_not_quoted() {
    let error = play(
        200,
        json!({"token_type": "Bearer", "refresh_token": "1//secret"}),
        refresh,
    )
    .await
    .0
    .unwrap_err();
    assert_eq!(error.reason(), Reason::BadAnswer);
    assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
}

#[tokio::test]
async fn a_token_is_revoked_and_one_that_is_gone_counts_as_revoked() {
    let revoke = async |oauth: OAuth| oauth.revoke(&RefreshToken::new("1//se cret".to_owned()), soon()).await;
    let (revoked, received) = play(200, json!({}), revoke).await;
    revoked.unwrap();
    assert_eq!(
        (received.line.as_str(), received.body.as_str()),
        ("POST /revoke", "token=1%2F%2Fse+cret")
    );
    let gone = json!({"error": "invalid_token", "error_description": "Token expired or revoked"});
    play(400, gone, revoke).await.0.unwrap();
    let error = play(400, json!({"error": "invalid_request"}), revoke)
        .await
        .0
        .unwrap_err();
    assert_eq!(error.reason(), Reason::InvalidValue);
}

#[tokio::test]
async fn userinfo_tells_whose_the_account_is() {
    let ask = async |oauth: OAuth| {
        oauth
            .userinfo(&AccessToken::new("ya29.secret".to_owned()), soon())
            .await
    };
    let body = json!({"sub": "100000000000000000001", "email": "phone@example.com", "email_verified": true});
    let (userinfo, received) = play(200, body, ask).await;
    let userinfo = userinfo.unwrap();
    assert_eq!(
        (userinfo.sub.as_str(), userinfo.email.as_str()),
        ("100000000000000000001", "phone@example.com")
    );
    assert_eq!(received.line, "GET /v1/userinfo");
    assert!(
        received
            .headers
            .contains(&"authorization: bearer ya29.secret".to_owned())
    );
    let refused = json!({"error": "invalid_request", "error_description": "Invalid Credentials"});
    assert_eq!(
        play(401, refused, ask).await.0.unwrap_err().reason(),
        Reason::TokenInvalid
    );
}
