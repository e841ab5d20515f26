// SPDX-License-Identifier: GPL-3.0-or-later
//! The error bodies of Google, read.
//!
//! The People API answers `{"error":{"code","message","status","details":[…]}}`, the OAuth endpoints
//! `{"error":"…","error_description":"…"}` (RFC 6749, section 5.2).

use std::time::Duration;

use serde_json::Value;

use crate::Reason;

/// An error as Google told it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoogleError {
    /// HTTP status.
    pub http_status: u16,
    /// Google's canonical code, for example `FAILED_PRECONDITION`; for OAuth its error code; empty where the body tells none.
    pub status: String,
    /// Reason of the `ErrorInfo` detail, else of the legacy `errors` list; empty where there is none.
    pub reason: String,
    /// Google's message.
    pub message: String,
    /// The quota that was exceeded: its metric and limit, as told in `ErrorInfo`.
    pub quota: Option<String>,
    /// What a `QuotaFailure` detail says.
    pub quota_failures: Vec<String>,
    /// What is wrong with which field of the request.
    pub field_violations: Vec<FieldViolation>,
    /// What is wrong with which contact of a batch.
    pub contact_errors: Vec<ContactError>,
    /// The `Retry-After` header.
    pub retry_after: Option<Duration>,
}

/// A field of the request that Google refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldViolation {
    /// Path of the field in snake case, for example `person.names[0]`.
    pub field: String,
    /// What is wrong with it.
    pub description: String,
}

/// A contact of a batch that Google refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactError {
    /// Index in the request (create) or resource name (update).
    pub key: String,
    /// Google's message.
    pub message: String,
}

impl ContactError {
    /// Tells what Google refuses, from its words: the code of one contact is that of the whole batch.
    #[must_use]
    pub fn reason(&self) -> Reason {
        let http_status = if self.message.contains("entity was not found") {
            404
        } else {
            400
        };
        let status = if http_status == 404 {
            "NOT_FOUND".to_owned()
        } else {
            String::new()
        };
        GoogleError {
            http_status,
            status,
            message: self.message.clone(),
            ..GoogleError::default()
        }
        .classify()
    }
}

impl GoogleError {
    /// Google's message about one contact of a refused batch, by its index in a create or its resource name in an
    /// update. That contact was surely not written; of the others nothing is known.
    #[must_use]
    pub fn blame(&self, key: &str) -> Option<&str> {
        self.contact_errors
            .iter()
            .find(|error| error.key == key)
            .map(|error| error.message.as_str())
    }

    /// Reads an error body; `None` where it is not one of Google's.
    pub(crate) fn parse(http_status: u16, retry_after: Option<Duration>, body: &[u8]) -> Option<Self> {
        let body: Value = serde_json::from_slice(body).ok()?;
        let mut read = Self {
            http_status,
            retry_after,
            ..Self::default()
        };
        match body.get("error")? {
            Value::String(code) => {
                read.status.clone_from(code);
                read.message = text(&body, "error_description");
                if read.message.is_empty() {
                    read.message.clone_from(code);
                }
            }
            error @ Value::Object(_) => read.read_api_error(error),
            _ => return None,
        }
        Some(read)
    }

    fn read_api_error(&mut self, error: &Value) {
        self.status = text(error, "status");
        self.message = text(error, "message");
        for detail in list(error, "details") {
            let kind = text(detail, "@type");
            match kind.rsplit('.').next().unwrap_or_default() {
                "ErrorInfo" => self.read_error_info(detail),
                "BadRequest" => self
                    .field_violations
                    .extend(list(detail, "fieldViolations").map(|violation| FieldViolation {
                        field: text(violation, "field"),
                        description: text(violation, "description"),
                    })),
                "QuotaFailure" => self.quota_failures.extend(
                    list(detail, "violations")
                        .map(|violation| format!("{} {}", text(violation, "subject"), text(violation, "description"))),
                ),
                "BatchCreateContactsErrorDetails" | "BatchUpdateContactsErrorDetails" => {
                    let errors = detail.get("contactErrors").and_then(Value::as_object);
                    self.contact_errors
                        .extend(errors.into_iter().flatten().map(|(key, status)| ContactError {
                            key: key.clone(),
                            message: text(status, "message"),
                        }));
                }
                _ => {}
            }
        }
        if self.reason.is_empty() {
            self.reason = list(error, "errors")
                .map(|legacy| text(legacy, "reason"))
                .next()
                .unwrap_or_default();
        }
    }

    fn read_error_info(&mut self, detail: &Value) {
        self.reason = text(detail, "reason");
        let metadata = detail.get("metadata");
        let quota = ["quota_metric", "quota_limit"]
            .iter()
            .filter_map(|key| metadata?.get(*key)?.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        if !quota.is_empty() {
            self.quota = Some(quota);
        }
    }

    /// The reason that Google's words amount to.
    pub(crate) fn classify(&self) -> Reason {
        // The overflow of an account is told under several statuses.
        if self.says("MY_CONTACTS_OVERFLOW_COUNT") {
            return Reason::AccountFull;
        }
        if let Some(reason) = self.classify_oauth() {
            return reason;
        }
        if let (401 | 403, Some(reason)) = (self.http_status, self.of_administrator()) {
            return reason;
        }
        match self.http_status {
            400 | 410 | 412 => self.classify_bad_request(),
            401 if self.reason == "ACCESS_TOKEN_EXPIRED" => Reason::TokenExpired,
            401 => Reason::TokenInvalid,
            403 => self.classify_forbidden(),
            404 if self.status == "NOT_FOUND" => Reason::NotFound,
            407 => Reason::NetworkProxy,
            409 if self.status == "ALREADY_EXISTS" => Reason::LabelExists,
            409 => Reason::Aborted,
            429 => self.classify_quota(),
            500..=599 => Reason::ServerError,
            _ => Reason::BadAnswer,
        }
    }

    /// Codes of RFC 6749 and RFC 6750, and Google's own beside them; the API's own statuses are in capitals.
    fn classify_oauth(&self) -> Option<Reason> {
        Some(match self.status.as_str() {
            "invalid_client" | "unauthorized_client" | "deleted_client" | "disabled_client" => Reason::InvalidClient,
            "invalid_grant" if self.says("invalid_rapt") || self.says("reauth") => Reason::ReauthRequired,
            "invalid_grant" => Reason::InvalidGrant,
            "redirect_uri_mismatch" => Reason::RedirectUriMismatch,
            "access_denied" => Reason::AccessDenied,
            "invalid_scope" | "insufficient_scope" => Reason::ScopeMissing,
            "invalid_token" => Reason::TokenInvalid,
            "admin_policy_enforced" => Reason::AppBlocked,
            "org_internal" => Reason::OrgInternal,
            "temporarily_unavailable" | "internal_failure" | "server_error" => Reason::ServerError,
            "rate_limit_exceeded" => Reason::QuotaRate,
            _ => return None,
        })
    }

    /// What an administrator, of the Google domain or of the project, has switched off; by the reasons of Google's
    /// `google.api.ErrorReason`, which come under 401 and 403.
    fn of_administrator(&self) -> Option<Reason> {
        Some(match self.reason.as_str() {
            "ACCOUNT_STATE_INVALID" => Reason::AccountSuspended,
            "USER_BLOCKED_BY_ADMIN" => Reason::AppBlocked,
            "domainPolicy"
            | "ORG_RESTRICTION_VIOLATION"
            | "SERVICE_NOT_VISIBLE"
            | "RESOURCE_USAGE_RESTRICTED_BY_POLICY" => Reason::ServiceOff,
            "CONSUMER_SUSPENDED" | "CONSUMER_INVALID" | "RESOURCE_PROJECT_INVALID" | "GCP_SUSPENDED" => {
                Reason::ProjectSuspended
            }
            _ if self.says("service not enabled") || self.says("domain administrator") => Reason::ServiceOff,
            _ => return None,
        })
    }

    fn classify_bad_request(&self) -> Reason {
        if self.message.contains("etag is different than the current") || self.http_status == 412 {
            Reason::EtagStale
        } else if self.reason == "EXPIRED_SYNC_TOKEN" || self.says("Sync token is expired") || self.http_status == 410 {
            Reason::SyncTokenExpired
        } else if self.says("service not enabled") {
            Reason::ServiceOff
        } else {
            Reason::InvalidValue
        }
    }

    fn classify_forbidden(&self) -> Reason {
        match self.reason.as_str() {
            "ACCESS_TOKEN_SCOPE_INSUFFICIENT" | "insufficientPermissions" => Reason::ScopeMissing,
            "SERVICE_DISABLED" | "accessNotConfigured" => Reason::ApiDisabled,
            "RATE_LIMIT_EXCEEDED" | "rateLimitExceeded" | "userRateLimitExceeded" => Reason::QuotaRate,
            "dailyLimitExceeded" => Reason::QuotaDaily,
            "quotaExceeded" => Reason::QuotaAccount,
            _ if self.says("insufficient authentication scopes") => Reason::ScopeMissing,
            _ if self.says("has not been used in project") => Reason::ApiDisabled,
            _ => Reason::PermissionDenied,
        }
    }

    fn classify_quota(&self) -> Reason {
        let daily = |text: &str| {
            let text = text.to_ascii_lowercase();
            text.contains("perday") || text.contains("per day") || text.contains("daily")
        };
        if daily(&self.message) || self.quota.as_deref().is_some_and(daily) {
            return Reason::QuotaDaily;
        }
        let backend = self.quota_failures.iter().any(|failure| failure.contains("FBS"));
        // Where no ErrorInfo names a rate this is the text of Google's backend for contacts, not of the API's front end;
        // the older list of errors calls both a rate.
        if backend || (self.reason != "RATE_LIMIT_EXCEEDED" && self.says("Resource has been exhausted")) {
            return Reason::QuotaAccount;
        }
        Reason::QuotaRate
    }

    /// Whether Google's words hold a text, in any case of letters.
    fn says(&self, text: &str) -> bool {
        let text = text.to_ascii_lowercase();
        std::iter::once(&self.message)
            .chain(&self.quota_failures)
            .any(|words| words.to_ascii_lowercase().contains(&text))
    }
}

fn text(value: &Value, member: &str) -> String {
    value.get(member).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn list<'v>(value: &'v Value, member: &str) -> impl Iterator<Item = &'v Value> {
    value.get(member).and_then(Value::as_array).into_iter().flatten()
}
