// SPDX-License-Identifier: GPL-3.0-or-later
//! Every error body of Google, and what it is taken for.

use std::time::Duration;

use gcontacts_people::answer::Answer;
use gcontacts_people::{Certainty, Error, Person, Reason};

use crate::fixture::read;

/// The file's name begins with the status.
fn refusal(file: &str) -> Error {
    let http_status = file
        .split('_')
        .next()
        .and_then(|status| status.parse().ok())
        .expect("a status");
    let body = read(&format!("errors/{file}")).into_bytes();
    Answer {
        http_status,
        retry_after: None,
        body,
    }
    .accept()
    .expect_err(file)
}

#[test]
fn each_refusal_has_its_reason_and_certainty() {
    let (no, maybe) = (Certainty::NotApplied, Certainty::Unknown);
    let expected = [
        ("400_etag_missing.json", Reason::InvalidValue, no),
        ("400_etag_stale.json", Reason::EtagStale, no),
        ("400_source_etag_stale.json", Reason::EtagStale, no),
        ("400_sync_token_expired.json", Reason::SyncTokenExpired, no),
        ("400_unknown_field.json", Reason::InvalidValue, no),
        ("400_batch.json", Reason::InvalidValue, maybe),
        ("401_token_expired.json", Reason::TokenExpired, no),
        ("401_token_missing.json", Reason::TokenInvalid, no),
        ("403_scope.json", Reason::ScopeMissing, no),
        ("403_api_disabled.json", Reason::ApiDisabled, no),
        ("403_service_off.json", Reason::ServiceOff, no),
        ("403_other.json", Reason::PermissionDenied, no),
        ("404_entity.json", Reason::NotFound, no),
        ("404_page.html", Reason::BadAnswer, no),
        ("409_label_exists.json", Reason::LabelExists, no),
        ("409_aborted.json", Reason::Aborted, no),
        ("429_rate.json", Reason::QuotaRate, no),
        ("429_daily.json", Reason::QuotaDaily, no),
        ("429_account.json", Reason::QuotaAccount, no),
        ("429_account_untold.json", Reason::QuotaAccount, no),
        ("429_account_full.json", Reason::AccountFull, no),
        ("503_unavailable.json", Reason::ServerError, maybe),
        ("502_page.html", Reason::ServerError, maybe),
        ("400_invalid_grant.json", Reason::InvalidGrant, no),
        ("401_invalid_client.json", Reason::InvalidClient, no),
        ("400_redirect_uri_mismatch.json", Reason::RedirectUriMismatch, no),
        ("400_invalid_token.json", Reason::TokenInvalid, no),
        ("401_userinfo.json", Reason::TokenInvalid, no),
    ];
    for (file, reason, certainty) in expected {
        let error = refusal(file);
        assert_eq!(
            (error.reason(), error.certainty()),
            (reason, certainty),
            "{file}: {error}"
        );
    }
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/errors"))
        .unwrap()
        .count();
    assert_eq!(files, expected.len(), "every recorded error is in the table");
}

#[test]
fn googles_words_are_kept() {
    let error = refusal("404_entity.json");
    assert_eq!(
        error.to_string(),
        "google refused with status 404: Requested entity was not found."
    );
    assert_eq!(error.http_status(), Some(404));
    let error = refusal("400_invalid_grant.json");
    assert_eq!(
        error.to_string(),
        "google refused with status 400: Token has been expired or revoked."
    );
}

#[test]
fn details_are_read() {
    let violation = refusal("400_unknown_field.json").google().unwrap().field_violations[0].clone();
    assert_eq!(violation.field, "person.names[0]");
    let batch = refusal("400_batch.json");
    let blame = |key| batch.google().unwrap().blame(key);
    assert_eq!(blame("1"), Some("Cannot have more than one person.names per source."));
    assert_eq!(blame("0"), None);
    let quota = refusal("429_rate.json").google().unwrap().quota.clone().unwrap();
    assert!(quota.ends_with("CriticalWritesPerMinutePerProjectPerUser"), "{quota}");
}

#[test]
fn a_pause_follows_from_the_hint_or_the_kind() {
    assert_eq!(refusal("429_rate.json").retry_after(), Some(Duration::from_mins(1)));
    assert!(refusal("429_account.json").retry_after() >= Some(Duration::from_mins(10)));
    assert_eq!(
        refusal("429_account_full.json").retry_after(),
        Some(Duration::from_hours(1))
    );
    let hinted = Answer {
        http_status: 503,
        retry_after: Some(Duration::from_secs(9)),
        body: Vec::new(),
    };
    assert_eq!(hinted.accept().unwrap_err().retry_after(), Some(Duration::from_secs(9)));
}

#[test]
fn a_success_that_cannot_be_read_is_uncertain_and_not_quoted() {
    for (body, kind) in [
        ("", "empty body"),
        ("<html>ya29.secret</html>", "a web page"),
        ("{\"secret\": ", "broken JSON"),
        ("[\"secret\"]", "JSON of an unknown shape"),
    ] {
        let answer = Answer {
            http_status: 200,
            retry_after: None,
            body: body.as_bytes().to_vec(),
        };
        let error = answer.read::<Person>().unwrap_err();
        assert_eq!(
            (error.reason(), error.certainty()),
            (Reason::BadAnswer, Certainty::Unknown),
            "{body}"
        );
        assert!(error.to_string().contains(kind), "{error}");
        assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
    }
}

#[test]
fn a_redirect_is_not_followed_but_refused() {
    let answer = Answer {
        http_status: 302,
        retry_after: None,
        body: Vec::new(),
    };
    let error = answer.accept().unwrap_err();
    assert_eq!(
        (error.reason(), error.certainty()),
        (Reason::BadAnswer, Certainty::NotApplied)
    );
}

/// Reasons of Google's `google.api.ErrorReason`, and codes of its OAuth endpoints.
#[test]
fn what_administrators_have_switched_off_is_told_apart() {
    let api = |status: u16, reason: &str, message: &str| {
        let info = serde_json::json!({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason});
        serde_json::json!({"error": {"code": status, "message": message, "status": "X", "details": [info]}}).to_string()
    };
    let oauth =
        |code: &str, message: &str| serde_json::json!({"error": code, "error_description": message}).to_string();
    let cases = [
        (401, api(401, "ACCOUNT_STATE_INVALID", "x"), Reason::AccountSuspended),
        (403, api(403, "USER_BLOCKED_BY_ADMIN", "x"), Reason::AppBlocked),
        (403, api(403, "SERVICE_NOT_VISIBLE", "x"), Reason::ServiceOff),
        (
            401,
            api(401, "", "The domain administrators have disabled it."),
            Reason::ServiceOff,
        ),
        (
            401,
            api(401, "", "Google service not enabled for this user."),
            Reason::ServiceOff,
        ),
        (
            403,
            api(403, "domainPolicy", "The domain administrator has disabled it."),
            Reason::ServiceOff,
        ),
        (403, api(403, "CONSUMER_SUSPENDED", "x"), Reason::ProjectSuspended),
        (400, oauth("admin_policy_enforced", "x"), Reason::AppBlocked),
        (403, oauth("org_internal", "x"), Reason::OrgInternal),
        (
            400,
            oauth("invalid_grant", "reauth related error (invalid_rapt)"),
            Reason::ReauthRequired,
        ),
        (
            400,
            oauth("invalid_grant", "Token has been expired or revoked."),
            Reason::InvalidGrant,
        ),
    ];
    for (http_status, body, reason) in cases {
        let answer = gcontacts_people::answer::Answer {
            http_status,
            retry_after: None,
            body: body.clone().into_bytes(),
        };
        assert_eq!(answer.accept().unwrap_err().reason(), reason, "{http_status} {body}");
    }
}
