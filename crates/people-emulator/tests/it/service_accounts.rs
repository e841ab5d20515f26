// SPDX-License-Identifier: GPL-3.0-or-later
//! Rule 90: a service account acts for the users of a domain.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use people_emulator::{Config, PublicKey, ServiceAccount};
use ring::rand::SystemRandom;
use ring::rsa::{KeyPair, PublicKeyComponents};
use ring::signature::RSA_PKCS1_SHA256;
use serde_json::{Value, json};

use crate::client::{Answer, CONTACTS, Client};

const ACCOUNT: &str = "sync@project.iam.example";

/// Any RSA key will do: the one that signs the server's identity tokens.
fn key() -> KeyPair {
    KeyPair::from_der(include_bytes!("../../src/oauth/id_token_key.der")).unwrap()
}

fn client() -> Client {
    let parts = PublicKeyComponents::<Vec<u8>>::from(key().public());
    Client::with(Config {
        service_accounts: vec![ServiceAccount {
            client_email: ACCOUNT.to_owned(),
            public_key: PublicKey {
                n: URL_SAFE_NO_PAD.encode(parts.n),
                e: URL_SAFE_NO_PAD.encode(parts.e),
            },
            delegated_domain: "example.com".to_owned(),
            delegated_scopes: vec![CONTACTS.to_owned()],
        }],
        ..Config::default()
    })
}

fn now() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    i64::try_from(now.unwrap().as_secs()).unwrap()
}

/// The claims of a good assertion with some of them replaced; `null` leaves one out.
fn assertion(client: &Client, change: &Value) -> String {
    let mut claims = json!({
        "iss": ACCOUNT, "sub": "phone@example.com", "scope": CONTACTS, "aud": format!("{}/token", client.server.url()),
        "iat": now(), "exp": now() + 3600,
    });
    for (name, value) in change.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&json!({"alg": "RS256", "typ": "JWT"})), part(&claims));
    let key = key();
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        signed.as_bytes(),
        &mut signature,
    )
    .unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn exchange(client: &Client, assertion: &str) -> Answer {
    let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    client.form("/token", &[("grant_type", grant), ("assertion", assertion)])
}

#[test]
fn rule_90_an_assertion_gives_an_access_token_for_the_user() {
    let client = client();
    let answer = exchange(&client, &assertion(&client, &json!({}))).good();
    assert!(answer["refresh_token"].is_null());
    assert_eq!(answer["token_type"], "Bearer");
    let token = answer["access_token"].as_str().unwrap();
    client
        .call_as(
            token,
            "POST",
            "/v1/people:createContact",
            &json!({"names": [{"givenName": "A"}]}),
        )
        .good();
    assert_eq!(
        client.server.state_of("phone@example.com")["contacts"][0]["names"][0]["givenName"],
        "A"
    );
    let google = json!({"aud": "https://oauth2.googleapis.com/token"});
    exchange(&client, &assertion(&client, &google)).good();
}

#[test]
fn rule_90_signature_audience_lifetime_domain_and_scopes_are_checked() {
    let client = client();
    for (change, status, error) in [
        (json!({"iss": "other@project.iam.example"}), 400, "invalid_grant"),
        (json!({"aud": "https://example.com/token"}), 400, "invalid_grant"),
        (json!({"exp": now() + 3700}), 400, "invalid_grant"),
        (json!({"iat": now() - 7000, "exp": now() - 3500}), 400, "invalid_grant"),
        (json!({"iat": now() + 900, "exp": now() + 4000}), 400, "invalid_grant"),
        (json!({"sub": "nobody@example.com"}), 400, "invalid_grant"),
        (json!({"scope": ""}), 400, "invalid_scope"),
        (json!({"scope": "everything"}), 400, "invalid_scope"),
        (json!({"sub": "phone@elsewhere.example"}), 401, "unauthorized_client"),
        (json!({"sub": null}), 401, "unauthorized_client"),
        (
            json!({"scope": format!("{CONTACTS} email")}),
            401,
            "unauthorized_client",
        ),
    ] {
        let answer = exchange(&client, &assertion(&client, &change));
        assert_eq!(
            (answer.status, &answer.json()["error"]),
            (status, &json!(error)),
            "{change}"
        );
    }
    let good = assertion(&client, &json!({}));
    let (signed, _) = good.rsplit_once('.').unwrap();
    let other = assertion(&client, &json!({"sub": "other@example.com"}));
    let (_, signature) = other.rsplit_once('.').unwrap();
    for bad in [
        format!("{signed}.{signature}"),
        format!("{signed}."),
        "nonsense".to_owned(),
    ] {
        assert_eq!(exchange(&client, &bad).json()["error"], "invalid_grant");
    }
    assert_eq!(exchange(&client, "").json()["error"], "invalid_request");
}
