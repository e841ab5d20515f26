// SPDX-License-Identifier: GPL-3.0-or-later
//! Every error that the People API answers, in Google's words where they are known.

use serde_json::{Map, Value, json};

use crate::object::Object;
use crate::quota::{Bucket, Names};

/// An error of the People API.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{status}: {message}")]
pub struct ApiError {
    /// HTTP status.
    pub http: u16,
    /// Name of the `google.rpc.Code`.
    pub status: String,
    /// Message.
    pub message: String,
    /// Structured details, each with its `@type`.
    pub details: Vec<Value>,
    /// Headers besides the usual ones.
    pub headers: Vec<(&'static str, String)>,
}

const READS_DOC: &str = "https://developers.google.com/people/api/rest/v1/people";
const AUTH_HELP: &str = "Expected OAuth 2 access token, login cookie or other valid authentication credential. \
                         See https://developers.google.com/identity/sign-in/web/devconsole-project.";

impl ApiError {
    /// An error without details.
    pub fn new(http: u16, status: &str, message: impl Into<String>) -> Self {
        Self {
            http,
            status: status.to_owned(),
            message: message.into(),
            details: Vec::new(),
            headers: Vec::new(),
        }
    }

    fn with(mut self, detail: Value) -> Self {
        self.details.push(detail);
        self
    }

    /// 400: a value that the call cannot take.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "INVALID_ARGUMENT", message)
    }

    /// 400: a value with no more precise message.
    pub fn invalid_argument() -> Self {
        Self::invalid("Request contains an invalid argument.")
    }

    /// 400: the mistakes of a body or query, in the words of Google's JSON front end.
    pub fn violations(violations: &[(String, String)]) -> Self {
        let message = violations
            .iter()
            .map(|(_, message)| message.as_str())
            .collect::<Vec<_>>()
            .join("\n");
        let fields = violations
            .iter()
            .map(|(field, message)| json!({"field": field, "description": message}));
        Self::invalid(message).with(json!({
            "@type": "type.googleapis.com/google.rpc.BadRequest",
            "fieldViolations": fields.collect::<Vec<_>>(),
        }))
    }

    /// 400: the body is not JSON.
    pub fn not_json(problem: &str) -> Self {
        Self::invalid(format!("Invalid JSON payload received. {problem}"))
    }

    /// 400: a mask is missing.
    pub fn mask_required(name: &str, page: &str) -> Self {
        Self::invalid(format!(
            "{name} mask is required. Please specify one or more valid paths. Valid paths are documented at \
             {READS_DOC}/{page}."
        ))
    }

    /// 400: a path that a mask does not have.
    pub fn mask_path(name: &str, path: &str, page: &str) -> Self {
        Self::invalid(format!(
            "Invalid {name} mask path: \"{path}\". Valid paths are documented at {READS_DOC}/{page}."
        ))
    }

    /// 400: more than one value where a source holds one.
    pub fn singleton(field: &str) -> Self {
        Self::invalid(format!("Cannot have more than one person.{field} per source."))
    }

    /// 400 (E1): an update without an etag.
    pub fn etag_missing() -> Self {
        Self::invalid(
            "Request must set person.etag or person.metadata.sources.etag for the source that is being updated.",
        )
    }

    /// 400 (E2): the contact has changed since; `form` is `person.etag` or `person.metadata.sources.etag`.
    pub fn etag_stale(form: &str) -> Self {
        Self::new(
            400,
            "FAILED_PRECONDITION",
            format!(
                "Request {form} is different than the current {form}. Clear local cache and get the latest person."
            ),
        )
    }

    /// 400 (E3): the sync token has expired.
    pub fn sync_token_expired(status: &str) -> Self {
        let message = "Sync token is expired. Clear local cache and retry call without the sync token.";
        Self::new(400, status, message).with(error_info("EXPIRED_SYNC_TOKEN", "people.googleapis.com", None))
    }

    /// (E4) a batch with bad items: the first one's message, and each one's under its key.
    pub fn batch(details: &str, errors: &[(String, ApiError)]) -> Self {
        let Some((_, first)) = errors.first() else {
            return Self::invalid_argument();
        };
        let each = errors
            .iter()
            .map(|(key, error)| (key.clone(), error.rpc_status()))
            .collect::<Map<_, _>>();
        Self {
            details: Vec::new(),
            ..first.clone()
        }
        .with(json!({
            "@type": format!("type.googleapis.com/google.people.v1.{details}"),
            "contactErrors": each,
        }))
    }

    /// 404.
    pub fn not_found() -> Self {
        Self::new(404, "NOT_FOUND", "Requested entity was not found.")
    }

    /// 409 (E9): a label of this name exists.
    pub fn label_exists() -> Self {
        Self::new(409, "ALREADY_EXISTS", "Contact group name already exists.")
    }

    /// 409: another mutation of the account is under way.
    pub fn aborted() -> Self {
        Self::new(409, "ABORTED", "The operation was aborted.")
    }

    /// 429 (E6): the account holds as many contacts as it can.
    pub fn book_full() -> Self {
        Self::new(429, "RESOURCE_EXHAUSTED", "MY_CONTACTS_OVERFLOW_COUNT").with(json!({
            "@type": "type.googleapis.com/google.rpc.QuotaFailure",
            "violations": [{"subject": "MY_CONTACTS_OVERFLOW_COUNT", "description": "MY_CONTACTS_OVERFLOW_COUNT"}],
        }))
    }

    /// 429 (E5): an account has used up the units of a minute or day.
    pub fn quota_exceeded(bucket: Bucket, retry_after: Option<i64>) -> Self {
        let Names {
            title,
            metric,
            limit,
            window,
        } = bucket.names();
        let message = format!(
            "Quota exceeded for quota metric '{title}' and limit '{title} per {window} per user' of service \
             'people.googleapis.com' for consumer 'project_number:1234567890'."
        );
        let metadata = json!({
            "service": "people.googleapis.com", "quota_metric": format!("people.googleapis.com/{metric}"),
            "quota_limit": limit, "consumer": "projects/1234567890",
        });
        let mut error = Self::new(429, "RESOURCE_EXHAUSTED", message);
        let seconds = retry_after.map(|seconds| ("retry-after", seconds.to_string()));
        error.headers.extend(seconds);
        error.with(error_info("RATE_LIMIT_EXCEEDED", "googleapis.com", Some(metadata)))
    }

    /// 429: what an account may write in some hours is used up, whatever the quotas say.
    pub fn fbs_quota() -> Self {
        let message = "Resource has been exhausted (e.g. check quota).";
        Self::new(429, "RESOURCE_EXHAUSTED", message).with(json!({
            "@type": "type.googleapis.com/google.rpc.QuotaFailure",
            "violations": [{"subject": "QUOTA_EXCEEDED", "description": "FBS quota limit exceeded"}],
        }))
    }

    /// 401: no token was sent.
    pub fn credentials_missing(method: &str) -> Self {
        let message = format!("Request is missing required authentication credential. {AUTH_HELP}");
        Self::new(401, "UNAUTHENTICATED", message)
            .about("CREDENTIALS_MISSING", method)
            .challenging("")
    }

    /// 401 (E7): the token is unknown, has expired or was revoked.
    pub fn token_expired(method: &str) -> Self {
        let message = format!("Request had invalid authentication credentials. {AUTH_HELP}");
        let error = Self::new(401, "UNAUTHENTICATED", message).about("ACCESS_TOKEN_EXPIRED", method);
        error.challenging(", error=\"invalid_token\"")
    }

    /// 403: the token does not carry a scope of the method.
    pub fn scope_insufficient(method: &str) -> Self {
        let error = Self::new(
            403,
            "PERMISSION_DENIED",
            "Request had insufficient authentication scopes.",
        );
        error
            .about("ACCESS_TOKEN_SCOPE_INSUFFICIENT", method)
            .challenging(", error=\"insufficient_scope\"")
    }

    fn about(self, reason: &str, method: &str) -> Self {
        let metadata = json!({"service": "people.googleapis.com", "method": rpc_name(method)});
        self.with(error_info(reason, "googleapis.com", Some(metadata)))
    }

    fn challenging(mut self, error: &str) -> Self {
        let challenge = format!("Bearer realm=\"https://accounts.google.com/\"{error}");
        self.headers.push(("www-authenticate", challenge));
        self
    }

    /// 403: the People API is not enabled in the project.
    pub fn service_disabled() -> Self {
        let page = "https://console.developers.google.com/apis/api/people.googleapis.com/overview?project=1234567890";
        let message = format!(
            "People API has not been used in project 1234567890 before or it is disabled. Enable it by visiting {page} \
             then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our \
             systems and retry."
        );
        let metadata = json!({
            "service": "people.googleapis.com", "serviceTitle": "People API",
            "consumer": "projects/1234567890", "containerInfo": "1234567890", "activationUrl": page,
        });
        let error = Self::new(403, "PERMISSION_DENIED", message);
        error
            .with(error_info("SERVICE_DISABLED", "googleapis.com", Some(metadata)))
            .with(json!({
                "@type": "type.googleapis.com/google.rpc.Help",
                "links": [{"description": "Google developers console API activation", "url": page}],
            }))
    }

    /// The number of the `google.rpc.Code`.
    #[must_use]
    pub fn rpc_code(&self) -> i32 {
        match self.status.as_str() {
            "INVALID_ARGUMENT" => 3,
            "NOT_FOUND" => 5,
            "ALREADY_EXISTS" => 6,
            "PERMISSION_DENIED" => 7,
            "RESOURCE_EXHAUSTED" => 8,
            "FAILED_PRECONDITION" => 9,
            "ABORTED" => 10,
            "INTERNAL" => 13,
            "UNAVAILABLE" => 14,
            "UNAUTHENTICATED" => 16,
            _ => 2,
        }
    }

    /// As a `google.rpc.Status` inside an answer.
    #[must_use]
    pub fn rpc_status(&self) -> Value {
        json!({"code": self.rpc_code(), "message": self.message})
    }

    /// The body of the answer.
    #[must_use]
    pub fn body(&self, legacy: bool) -> Value {
        let mut error = Object::from(json!({"code": self.http, "message": self.message, "status": self.status}));
        if legacy {
            let one = json!({"message": self.message, "domain": "global", "reason": self.legacy_reason()});
            error.set("errors", json!([one]));
        }
        error.set_some("details", (!self.details.is_empty()).then(|| self.details.clone()));
        let error = Value::from(error);
        json!({"error": error})
    }

    fn legacy_reason(&self) -> &'static str {
        match self.status.as_str() {
            "INVALID_ARGUMENT" => "badRequest",
            "FAILED_PRECONDITION" => "failedPrecondition",
            "NOT_FOUND" => "notFound",
            "ALREADY_EXISTS" => "alreadyExists",
            "ABORTED" => "aborted",
            "PERMISSION_DENIED" => "forbidden",
            "RESOURCE_EXHAUSTED" => "rateLimitExceeded",
            "UNAUTHENTICATED" => "authError",
            _ => "backendError",
        }
    }
}

fn error_info(reason: &str, domain: &str, metadata: Option<Value>) -> Value {
    let info = json!({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": domain});
    let mut info = Object::from(info);
    info.set_some("metadata", metadata);
    info.into()
}

/// `people.createContact` to `google.people.v1.PeopleService.CreateContact`.
fn rpc_name(method: &str) -> String {
    let name = method.rsplit('.').next().unwrap_or(method);
    let mut letters = name.chars();
    let capital = letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .collect::<String>();
    format!("google.people.v1.PeopleService.{capital}{}", letters.as_str())
}
