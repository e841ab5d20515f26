// SPDX-License-Identifier: GPL-3.0-or-later
//! Where Google is.

use url::Url;

use crate::Error;

/// The addresses of the People API and of Google's OAuth 2.0 server.
///
/// ```
/// # use gcontacts_people::Endpoints;
/// let local = Endpoints::new("http://127.0.0.1:8080", "http://127.0.0.1:8080/")?;
/// assert_eq!(local.token, "http://127.0.0.1:8080/token");
/// assert_eq!(Endpoints::google().token, "https://oauth2.googleapis.com/token");
/// # Ok::<(), gcontacts_people::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoints {
    /// Base of `/v1/…`, without a slash at its end.
    pub people: String,
    /// The consent page.
    pub consent: String,
    /// Exchanges codes and refresh tokens for access tokens.
    pub token: String,
    /// Revokes tokens.
    pub revoke: String,
    /// Tells who consented.
    pub userinfo: String,
}

impl Endpoints {
    /// Base address of Google's People API.
    pub const GOOGLE_PEOPLE: &'static str = "https://people.googleapis.com";

    /// Google's own addresses.
    ///
    /// <https://developers.google.com/identity/protocols/oauth2/web-server> and Google's discovery document.
    #[must_use]
    pub fn google() -> Self {
        Self {
            people: Self::GOOGLE_PEOPLE.to_owned(),
            consent: "https://accounts.google.com/o/oauth2/v2/auth".to_owned(),
            token: "https://oauth2.googleapis.com/token".to_owned(),
            revoke: "https://oauth2.googleapis.com/revoke".to_owned(),
            userinfo: "https://openidconnect.googleapis.com/v1/userinfo".to_owned(),
        }
    }

    /// Other addresses, from a base each; an empty base means Google's own.
    ///
    /// # Errors
    /// [`Error::Invalid`] where a base is not an http or https address.
    pub fn new(people_base: &str, oauth_base: &str) -> Result<Self, Error> {
        let mut endpoints = Self::google();
        if !people_base.is_empty() {
            endpoints.people = checked("people_endpoint", people_base)?;
        }
        if !oauth_base.is_empty() {
            let base = checked("oauth_endpoint", oauth_base)?;
            endpoints.consent = format!("{base}/o/oauth2/v2/auth");
            endpoints.token = format!("{base}/token");
            endpoints.revoke = format!("{base}/revoke");
            endpoints.userinfo = format!("{base}/v1/userinfo");
        }
        Ok(endpoints)
    }
}

fn checked(what: &'static str, base: &str) -> Result<String, Error> {
    let url = Url::parse(base).map_err(|error| Error::Invalid {
        what,
        why: error.to_string(),
    })?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() || url.query().is_some() {
        return Err(Error::Invalid {
            what,
            why: "not an http or https base address".to_owned(),
        });
    }
    Ok(base.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_base_means_google() {
        assert_eq!(Endpoints::new("", "").unwrap(), Endpoints::google());
        let mixed = Endpoints::new("http://127.0.0.1:1/", "").unwrap();
        assert_eq!(mixed.people, "http://127.0.0.1:1");
        assert_eq!(mixed.token, Endpoints::google().token);
    }

    #[test]
    fn a_base_must_be_a_web_address() {
        for base in ["people.googleapis.com", "ftp://127.0.0.1", "http://", "https://x/?a=b"] {
            assert!(matches!(Endpoints::new(base, ""), Err(Error::Invalid { .. })), "{base}");
        }
    }
}
