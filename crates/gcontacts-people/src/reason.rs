// SPDX-License-Identifier: GPL-3.0-or-later
//! Why something failed, as a stable code that pages translate.

use std::fmt;

/// Defines [`Reason`] so that a variant and its code cannot drift apart.
macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $code:literal,)*) => {
        /// Why a call failed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Reason { $($(#[$doc])* $variant,)* }

        impl Reason {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable code, in snake case.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }
        }
    };
}

reasons! {
    /// No client id is set.
    ClientIdMissing = "client_id_missing",
    /// No client secret is set.
    ClientSecretMissing = "client_secret_missing",
    /// Google knows no such client, or its secret is another.
    InvalidClient = "invalid_client",
    /// The redirect address is not registered with the client.
    RedirectUriMismatch = "redirect_uri_mismatch",
    /// The consent was refused.
    AccessDenied = "access_denied",
    /// The consent lacks the scope for contacts.
    ScopeMissing = "scope_missing",
    /// The People API is not enabled in the Google project.
    ApiDisabled = "api_disabled",
    /// An administrator of the Google domain has switched the service off.
    ServiceOff = "service_off",
    /// An administrator of the Google domain does not let this application in.
    AppBlocked = "app_blocked",
    /// The application is for the accounts of one organisation, and this is none of them.
    OrgInternal = "org_internal",
    /// The account is suspended, or waits for its owner to sign in at Google.
    AccountSuspended = "account_suspended",
    /// The Google project is suspended or deleted.
    ProjectSuspended = "project_suspended",
    /// The Google domain asks for the password again.
    ReauthRequired = "reauth_required",
    /// The authorization code or the refresh token is not, or no longer, valid.
    InvalidGrant = "invalid_grant",
    /// The access token has expired.
    TokenExpired = "token_expired",
    /// The access token is not valid.
    TokenInvalid = "token_invalid",
    /// Google refuses for a reason that only its message tells.
    PermissionDenied = "permission_denied",
    /// Too many calls in this minute.
    QuotaRate = "quota_rate",
    /// The account has written too much; lasts minutes to hours.
    QuotaAccount = "quota_account",
    /// The project's calls of the day are used up.
    QuotaDaily = "quota_daily",
    /// The account holds as many contacts as it can.
    AccountFull = "account_full",
    /// Google, or this client before asking, refuses a value.
    InvalidValue = "invalid_value",
    /// The card was changed at Google since its etag was read.
    EtagStale = "etag_stale",
    /// The sync token is older than Google keeps them.
    SyncTokenExpired = "sync_token_expired",
    /// There is no such card or label.
    NotFound = "not_found",
    /// A label of that name is there already.
    LabelExists = "label_exists",
    /// Google failed (5xx).
    ServerError = "server_error",
    /// The answer is not what Google's documentation says.
    BadAnswer = "bad_answer",
    /// Nobody accepts connections at the address.
    NetworkRefused = "network_refused",
    /// The host's name does not resolve.
    NetworkDns = "network_dns",
    /// No trusted TLS connection could be made.
    NetworkTls = "network_tls",
    /// The system trusts nobody: it has no certificates.
    NoCertificates = "no_certificates",
    /// Google's certificate is not yet, or no longer, valid by the clock of this server.
    ClockWrong = "clock_wrong",
    /// The certificate is of nobody whom the system trusts.
    CertificateUnknown = "certificate_unknown",
    /// No connection came about in time.
    NetworkTimeout = "network_timeout",
    /// The proxy refuses, or cannot be reached.
    NetworkProxy = "network_proxy",
    /// The connection broke.
    Network = "network",
    /// The time given to the call is over.
    Deadline = "deadline",
    /// Google gave up for contention.
    Aborted = "aborted",
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_unique_and_in_snake_case() {
        let codes: HashSet<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes.len(), Reason::ALL.len());
        assert!(
            codes
                .iter()
                .all(|code| code.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        );
    }
}
