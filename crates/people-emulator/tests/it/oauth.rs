// SPDX-License-Identifier: GPL-3.0-or-later
//! Rules 79 to 89: consent, codes, tokens, identity.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use people_emulator::{Client as OAuthClient, Config};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::client::{Answer, CONTACTS, Client, query};

const ID: &str = "gcontacts-demo.apps.example";
const BACK: &str = "http://localhost:8000/gcontacts/callback.php";

fn client() -> Client {
    Client::with(config(false))
}

fn config(testing: bool) -> Config {
    let redirect_uris = vec![
        BACK.to_owned(),
        "http://erp.example.com/cb".to_owned(),
        "https://10.1.2.3/cb".to_owned(),
    ];
    Config {
        clients: vec![OAuthClient {
            redirect_uris,
            testing,
            ..OAuthClient::default()
        }],
        ..Config::default()
    }
}

fn asked<'a>(extra: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut pairs = vec![
        ("client_id", ID),
        ("redirect_uri", BACK),
        ("response_type", "code"),
        ("scope", "openid email https://www.googleapis.com/auth/contacts"),
        ("state", "s1"),
        ("access_type", "offline"),
        ("prompt", "consent"),
    ];
    for (name, value) in extra {
        pairs.retain(|(known, _)| known != name);
        if !value.is_empty() {
            pairs.push((name, value));
        }
    }
    pairs
}

fn ask(client: &Client, extra: &[(&str, &str)]) -> Answer {
    client
        .send("GET", &format!("/o/oauth2/v2/auth?{}", query(&asked(extra))), &[], b"")
        .unwrap()
}

fn decide(client: &Client, extra: &[(&str, &str)], form: &[(&str, &str)]) -> Answer {
    client.form(&format!("/o/oauth2/v2/auth?{}", query(&asked(extra))), form)
}

fn returned(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, 302, "{}", answer.text());
    let location = answer.header("location").unwrap();
    let (place, query) = location.split_once('?').unwrap();
    assert_eq!(place, BACK);
    let decode = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8()
            .unwrap()
            .into_owned()
    };
    query
        .split('&')
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(k, v)| (decode(k), decode(v)))
        .collect()
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

fn code(client: &Client, extra: &[(&str, &str)]) -> String {
    value(&returned(&decide(client, extra, &[("decision", "allow")])), "code").to_owned()
}

fn exchange(client: &Client, code: &str, extra: &[(&str, &str)]) -> Answer {
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", BACK),
        ("client_id", ID),
        ("client_secret", "demo-secret"),
    ];
    for (name, value) in extra {
        form.retain(|(known, _)| known != name);
        form.push((name, value));
    }
    client.form("/token", &form)
}

fn refresh(client: &Client, token: &str) -> Answer {
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", token),
        ("client_id", ID),
        ("client_secret", "demo-secret"),
    ];
    client.form("/token", &form)
}

#[test]
fn rule_79_errors_are_shown_and_never_sent_back() {
    let client = client();
    for (extra, status, error) in [
        (("client_id", "nobody"), 401, "invalid_client"),
        (
            ("redirect_uri", "http://localhost:8000/gcontacts/callback.php/"),
            400,
            "redirect_uri_mismatch",
        ),
        (("redirect_uri", "http://erp.example.com/cb"), 400, "invalid_request"),
        (("redirect_uri", "https://10.1.2.3/cb"), 400, "invalid_request"),
        (("scope", ""), 400, "invalid_request"),
        (("scope", "contacts"), 400, "invalid_scope"),
        (("response_type", "token"), 400, "unsupported_response_type"),
    ] {
        let answer = ask(&client, &[extra]);
        assert_eq!(answer.status, status, "{extra:?}");
        assert!(
            answer.text().contains(&format!("Error {status}: {error}")),
            "{extra:?}: {}",
            answer.text()
        );
        assert!(answer.header("location").is_none());
    }
}

#[test]
fn the_page_offers_accounts_boxes_and_both_buttons() {
    let page = ask(&client(), &[("login_hint", "other@example.com")]);
    assert_eq!(page.status, 200);
    let page = page.text();
    assert!(page.contains("id=\"allow\"") && page.contains("id=\"cancel\""));
    assert!(page.contains("name=\"account\" value=\"100000000000000000002\" checked"));
    assert!(page.contains(&format!("name=\"granted\" value=\"{CONTACTS}\" checked")));
}

#[test]
fn rule_80_the_way_back() {
    let client = client();
    let pairs = returned(&decide(&client, &[], &[("decision", "allow")]));
    assert_eq!(value(&pairs, "state"), "s1");
    assert!(value(&pairs, "code").starts_with("4/0A"));
    assert_eq!(value(&pairs, "authuser"), "0");
    assert_eq!(value(&pairs, "prompt"), "consent");
    assert_eq!(value(&pairs, "iss"), "https://accounts.google.com");
    assert!(value(&pairs, "scope").contains(CONTACTS));
    let pairs = returned(&decide(&client, &[], &[("decision", "cancel")]));
    assert_eq!(value(&pairs, "error"), "access_denied");
    assert_eq!(value(&pairs, "state"), "s1");
}

#[test]
fn rule_81_codes() {
    let client = client();
    let first = code(&client, &[]);
    let tokens = exchange(&client, &first, &[]).good();
    assert!(tokens["access_token"].as_str().unwrap().starts_with("ya29."));
    assert_eq!(tokens["expires_in"], 3599);
    assert_eq!(exchange(&client, &first, &[]).json()["error"], "invalid_grant");
    // The replay has taken the tokens back.
    assert_eq!(
        refresh(&client, tokens["refresh_token"].as_str().unwrap()).json()["error"],
        "invalid_grant"
    );

    let late = code(&client, &[]);
    client.server.advance_clock(601);
    assert_eq!(exchange(&client, &late, &[]).json()["error"], "invalid_grant");
    let elsewhere = exchange(&client, &code(&client, &[]), &[("redirect_uri", "http://localhost/x")]);
    assert_eq!(elsewhere.json()["error"], "redirect_uri_mismatch");
    assert_eq!(exchange(&client, "4/0Anonsense", &[]).json()["error"], "invalid_grant");
}

#[test]
fn rule_82_pkce() {
    let client = client();
    let verifier = "a-verifier-of-forty-three-characters-or-more-0123";
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    let with = [
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    assert_eq!(
        exchange(&client, &code(&client, &with), &[]).json()["error"],
        "invalid_grant"
    );
    let other = [("code_verifier", "another-verifier-of-forty-three-characters-0123")];
    assert_eq!(
        exchange(&client, &code(&client, &with), &other).json()["error"],
        "invalid_grant"
    );
    exchange(&client, &code(&client, &with), &[("code_verifier", verifier)]).good();
    let plain = [("code_challenge", verifier)];
    exchange(&client, &code(&client, &plain), &[("code_verifier", verifier)]).good();
}

#[test]
fn rule_83_refresh_tokens_come_with_a_consent_that_was_shown() {
    let client = client();
    let online = exchange(&client, &code(&client, &[("access_type", "")]), &[]).good();
    assert!(online["refresh_token"].is_null());
    let offline = exchange(&client, &code(&client, &[]), &[]).good();
    assert!(offline["refresh_token"].as_str().unwrap().starts_with("1//0"));
    // Consent is there and nobody asks for it again: straight back, and no refresh token.
    let pairs = returned(&ask(&client, &[("prompt", "")]));
    assert_eq!(value(&pairs, "prompt"), "none");
    let again = exchange(&client, value(&pairs, "code"), &[]).good();
    assert!(again["refresh_token"].is_null());
    let new_scope = ask(&client, &[("prompt", ""), ("scope", "openid profile")]);
    assert_eq!(new_scope.status, 200);
    assert_eq!(ask(&client, &[]).status, 200);
}

#[test]
fn rule_84_refresh() {
    let client = client();
    let tokens = exchange(&client, &code(&client, &[]), &[]).good();
    let token = tokens["refresh_token"].as_str().unwrap();
    let fresh = refresh(&client, token).good();
    assert!(fresh["refresh_token"].is_null());
    assert_ne!(fresh["access_token"], tokens["access_token"]);
    assert_eq!(fresh["scope"], tokens["scope"]);

    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{ID}:demo-secret"));
    let headers = [
        ("Authorization", format!("Basic {basic}")),
        ("Content-Type", "application/x-www-form-urlencoded".to_owned()),
    ];
    let headers = headers
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect::<Vec<_>>();
    let form = query(&[("grant_type", "refresh_token"), ("refresh_token", token)]);
    assert_eq!(
        client.send("POST", "/token", &headers, form.as_bytes()).unwrap().status,
        200
    );

    let json = client.post(
        "/token",
        &json!({"grant_type": "refresh_token", "refresh_token": token}),
    );
    assert_eq!(
        (json.status, json.json()["error"].clone()),
        (400, json!("invalid_request"))
    );
}

#[test]
fn rule_85_testing_clients_and_unused_tokens() {
    let client = Client::with(config(true));
    let tokens = exchange(&client, &code(&client, &[]), &[]).good();
    assert_eq!(tokens["refresh_token_expires_in"], 604_799);
    let token = tokens["refresh_token"].as_str().unwrap();
    client.server.advance_clock(6 * 86_400);
    refresh(&client, token).good();
    client.server.advance_clock(86_400);
    assert_eq!(
        refresh(&client, token).json(),
        json!({"error": "invalid_grant", "error_description": "Token has been expired or revoked."})
    );

    let client = self::client();
    let token = exchange(&client, &code(&client, &[]), &[]).good()["refresh_token"]
        .as_str()
        .unwrap()
        .to_owned();
    client.server.advance_clock(184 * 86_400);
    assert_eq!(refresh(&client, &token).json()["error"], "invalid_grant");
}

#[test]
fn rule_85_the_101st_token_kills_the_first() {
    let client = client();
    let token = || {
        exchange(&client, &code(&client, &[]), &[]).good()["refresh_token"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    client.server.reset();
    let first = token();
    let second = token();
    for _ in 0..99 {
        token();
    }
    assert_eq!(refresh(&client, &first).json()["error"], "invalid_grant");
    refresh(&client, &second).good();
}

#[test]
fn rule_86_errors_of_the_token_endpoint() {
    let client = client();
    let code = code(&client, &[]);
    for (extra, status, error) in [
        (("client_secret", "wrong"), 401, "invalid_client"),
        (("client_id", "nobody"), 401, "invalid_client"),
        (("grant_type", "password"), 400, "unsupported_grant_type"),
    ] {
        let answer = exchange(&client, &code, &[extra]);
        assert_eq!(answer.status, status, "{extra:?}");
        assert_eq!(answer.json()["error"], error);
        assert!(answer.json()["error_description"].is_string());
    }
    exchange(&client, &code, &[]).good();
}

#[test]
fn rule_87_unticked_scopes_are_missing() {
    let client = client();
    let unticked = decide(&client, &[], &[("decision", "allow"), ("boxes", "1")]);
    let tokens = exchange(&client, value(&returned(&unticked), "code"), &[]).good();
    assert_eq!(tokens["scope"], "openid https://www.googleapis.com/auth/userinfo.email");
    let answer = client.call_as(
        tokens["access_token"].as_str().unwrap(),
        "GET",
        "/v1/contactGroups",
        &Value::Null,
    );
    answer.refused(403, "PERMISSION_DENIED");

    client.server.configure(json!({"withhold_scopes": [CONTACTS]}));
    let tokens = exchange(&client, &code(&client, &[]), &[]).good();
    assert!(!tokens["scope"].as_str().unwrap().contains(CONTACTS));
}

#[test]
fn rule_88_revoking_either_token_ends_the_consent() {
    let client = client();
    for kind in ["access_token", "refresh_token"] {
        let tokens = exchange(&client, &code(&client, &[]), &[]).good();
        assert_eq!(
            client
                .form("/revoke", &[("token", tokens[kind].as_str().unwrap())])
                .status,
            200
        );
        assert_eq!(
            refresh(&client, tokens["refresh_token"].as_str().unwrap()).json()["error"],
            "invalid_grant"
        );
        let access = tokens["access_token"].as_str().unwrap();
        client
            .call_as(access, "GET", "/v1/contactGroups", &Value::Null)
            .refused(401, "UNAUTHENTICATED");
        assert_eq!(client.server.state()["grants"], json!([]));
    }
    let unknown = client.form("/revoke", &[("token", "ya29.nonsense")]);
    assert_eq!(
        (unknown.status, unknown.json()["error"].clone()),
        (400, json!("invalid_token"))
    );
}

#[test]
fn rule_89_identity() {
    let client = client();
    let form = [("decision", "allow"), ("account", "other@example.com")];
    let back = returned(&decide(&client, &[("nonce", "n1")], &form));
    let tokens = exchange(&client, value(&back, "code"), &[]).good();
    let access = tokens["access_token"].as_str().unwrap();

    let user = client.call_as(access, "GET", "/v1/userinfo", &Value::Null).good();
    assert_eq!(user["sub"], "100000000000000000002");
    assert_eq!(user["email"], "other@example.com");
    let elder = client
        .call_as(access, "GET", "/oauth2/v2/userinfo", &Value::Null)
        .good();
    assert_eq!(elder["id"], "100000000000000000002");
    assert_eq!(client.call_as("x", "GET", "/v1/userinfo", &Value::Null).status, 401);
    let info = client.get(&format!("/tokeninfo?access_token={access}")).good();
    assert_eq!(info["aud"], ID);
    assert_eq!(info["email"], "other@example.com");
    assert_eq!(client.get("/tokeninfo?access_token=x").json()["error"], "invalid_token");

    let parts = tokens["id_token"].as_str().unwrap().split('.').collect::<Vec<_>>();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    assert_eq!(claims["sub"], "100000000000000000002");
    assert_eq!(claims["nonce"], "n1");
    assert_eq!(claims["iss"], "https://accounts.google.com");

    let discovery = client.get("/.well-known/openid-configuration").good();
    let certs = discovery["jwks_uri"]
        .as_str()
        .unwrap()
        .strip_prefix(&client.server.url())
        .unwrap()
        .to_owned();
    let key = &client.get(&certs).good()["keys"][0];
    let decode = |text: &Value| URL_SAFE_NO_PAD.decode(text.as_str().unwrap()).unwrap();
    let public = ring::rsa::PublicKeyComponents {
        n: decode(&key["n"]),
        e: decode(&key["e"]),
    };
    let signed = format!("{}.{}", parts[0], parts[1]);
    let signature = URL_SAFE_NO_PAD.decode(parts[2]).unwrap();
    public
        .verify(
            &ring::signature::RSA_PKCS1_2048_8192_SHA256,
            signed.as_bytes(),
            &signature,
        )
        .unwrap();
}
