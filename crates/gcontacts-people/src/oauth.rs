// SPDX-License-Identifier: GPL-3.0-or-later
//! Google's OAuth 2.0, the flow for web servers.
//!
//! <https://developers.google.com/identity/protocols/oauth2/web-server>, RFC 6749, PKCE of RFC 7636. A person is sent
//! to the consent page of a [`ConsentRequest`] and comes back with a code; [`OAuth::exchange_code`] turns it
//! into [`Tokens`], [`OAuth::refresh`] renews them.

use std::borrow::Cow;
use std::time::Duration;

use http::{Method, header};
use oauth2::basic::{BasicClient, BasicTokenResponse};
/// Texts that must not be swapped, and whose `Debug` does not tell them.
pub use oauth2::{AccessToken, AuthorizationCode, CsrfToken, PkceCodeVerifier, RefreshToken};
use oauth2::{AuthType, AuthUrl, ClientId, ClientSecret};
use oauth2::{EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, PkceCodeChallenge};
use oauth2::{RedirectUrl, RequestTokenError, Scope, TokenResponse as _, TokenUrl};
use serde::Deserialize;
use url::form_urlencoded;

use crate::request::Effect;
use crate::{Client, Deadline, Endpoints, Error, Reason};

/// The scope without which no contact can be written.
pub const CONTACTS_SCOPE: &str = "https://www.googleapis.com/auth/contacts";

/// All that is asked for: the contacts, and whose they are.
pub const SCOPES: [&str; 3] = ["openid", "email", CONTACTS_SCOPE];

/// The scope with which contacts can be read, and nothing written.
pub const READING_SCOPE: &str = "https://www.googleapis.com/auth/contacts.readonly";

/// What a consent is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To keep an account in step, for as long as it consents.
    Sync,
    /// To read an account once.
    Reading,
}

impl Purpose {
    /// The scope without which it is no use.
    #[must_use]
    pub fn scope(self) -> &'static str {
        match self {
            Self::Sync => CONTACTS_SCOPE,
            Self::Reading => READING_SCOPE,
        }
    }

    fn scopes(self) -> [&'static str; 3] {
        ["openid", "email", self.scope()]
    }

    /// What the consent page is asked for. A refresh token comes only with offline access and a consent that is really
    /// shown; who reads once wants none, chooses among several accounts, and gets nothing that was granted before.
    fn parameters(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Sync => &[
                ("access_type", "offline"),
                ("prompt", "consent"),
                ("include_granted_scopes", "true"),
            ],
            Self::Reading => &[("access_type", "online"), ("prompt", "select_account consent")],
        }
    }
}

/// How long an access token of Google lives where the answer does not say.
const LIFETIME: Duration = Duration::from_hours(1);

/// The registration of this Dolibarr in the Google Cloud console.
#[derive(Clone, Debug)]
pub struct Registration {
    id: ClientId,
    secret: ClientSecret,
    /// A refresh does without; `None` where it was left empty.
    redirect: Option<RedirectUrl>,
}

impl Registration {
    /// Takes the values of the console. The redirect address may be empty for a refresh.
    ///
    /// # Errors
    /// [`Error::ClientIdMissing`], [`Error::ClientSecretMissing`], or [`Error::Invalid`] for a redirect address that is
    /// none.
    pub fn new(id: &str, secret: &str, redirect_uri: &str) -> Result<Self, Error> {
        let (id, secret) = (id.trim(), secret.trim());
        if id.is_empty() {
            return Err(Error::ClientIdMissing);
        }
        if secret.is_empty() {
            return Err(Error::ClientSecretMissing);
        }
        let redirect = (!redirect_uri.is_empty())
            .then(|| RedirectUrl::new(redirect_uri.to_owned()))
            .transpose();
        Ok(Self {
            id: ClientId::new(id.to_owned()),
            secret: ClientSecret::new(secret.to_owned()),
            redirect: redirect.map_err(|error| invalid("redirect_uri", &error))?,
        })
    }

    fn redirect(&self) -> Result<&RedirectUrl, Error> {
        self.redirect
            .as_ref()
            .ok_or_else(|| invalid("redirect_uri", &"it is empty"))
    }
}

/// A consent to be asked for.
#[derive(Debug)]
pub struct ConsentRequest {
    /// The page to send the browser to.
    pub url: String,
    /// Comes back with the code; must be compared.
    pub state: CsrfToken,
    /// Goes with the code to [`OAuth::exchange_code`]; must not reach the browser.
    pub verifier: PkceCodeVerifier,
}

/// What Google grants.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// Opens the address book.
    pub access_token: AccessToken,
    /// How long it does, from now.
    pub expires_in: Duration,
    /// Renews the access token. `None` where Google sent none: the one there was stays valid.
    pub refresh_token: Option<RefreshToken>,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
}

/// Who consented.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Userinfo {
    /// Identifies the account for ever.
    pub sub: String,
    /// Its e-mail, which can change.
    #[serde(default)]
    pub email: String,
}

/// Prepares a consent; sends nothing.
///
/// Google shows `redirect_uri_mismatch` and an unknown client on the consent page itself.
///
/// # Errors
/// [`Error::Invalid`] where the endpoint is no address, or the redirect address is empty.
pub fn consent_request(
    endpoints: &Endpoints,
    registration: &Registration,
    purpose: Purpose,
    login_hint: &str,
) -> Result<ConsentRequest, Error> {
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let client = BasicClient::new(registration.id.clone())
        .set_auth_uri(AuthUrl::new(endpoints.consent.clone()).map_err(|error| invalid("oauth_endpoint", &error))?);
    let mut request = client
        .authorize_url(CsrfToken::new_random)
        .set_redirect_uri(Cow::Borrowed(registration.redirect()?))
        .set_pkce_challenge(challenge)
        .add_scopes(purpose.scopes().map(|scope| Scope::new(scope.to_owned())));
    for (name, value) in purpose.parameters() {
        request = request.add_extra_param(*name, *value);
    }
    if !login_hint.is_empty() {
        request = request.add_extra_param("login_hint", login_hint);
    }
    let (url, state) = request.url();
    Ok(ConsentRequest {
        url: url.into(),
        state,
        verifier,
    })
}

/// Google's token endpoints.
#[derive(Clone, Debug)]
pub struct OAuth {
    client: Client,
}

impl OAuth {
    /// Uses the endpoints of a client.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// Turns the code of a consent into tokens.
    ///
    /// # Errors
    /// `scope_missing` where the box for contacts was not ticked, `invalid_grant` for a code that was used or is too
    /// old, `invalid_client`, `redirect_uri_mismatch`, and what the call itself fails with.
    pub async fn exchange_code(
        &self,
        registration: &Registration,
        purpose: Purpose,
        code: AuthorizationCode,
        verifier: PkceCodeVerifier,
        deadline: Deadline,
    ) -> Result<Tokens, Error> {
        let client = self.token_client(registration)?;
        // A code is good for one exchange, so a lost answer is not asked for again.
        let http = |request| self.exchange(Effect::Write, request, deadline);
        let request = client.exchange_code(code).set_pkce_verifier(verifier);
        let answer = request
            .set_redirect_uri(Cow::Borrowed(registration.redirect()?))
            .request_async(&http)
            .await;
        let tokens = tokens(purpose, answer)?;
        if tokens.scopes.iter().any(|scope| scope == purpose.scope()) {
            return Ok(tokens);
        }
        // Not revoked: that would end whatever else this account has granted to this registration.
        Err(Error::ScopeMissing { granted: tokens.scopes })
    }

    /// Gets a new access token.
    ///
    /// # Errors
    /// `invalid_grant` where the consent is gone and must be asked for again, `invalid_client`, and what the call itself
    /// fails with.
    pub async fn refresh(
        &self,
        registration: &Registration,
        refresh_token: &RefreshToken,
        deadline: Deadline,
    ) -> Result<Tokens, Error> {
        let client = self.token_client(registration)?;
        let http = |request| self.exchange(Effect::Read, request, deadline);
        tokens(
            Purpose::Sync,
            client.exchange_refresh_token(refresh_token).request_async(&http).await,
        )
    }

    /// Ends the consent that a token, refresh or access, belongs to. One that is not valid any more is as good.
    ///
    /// # Errors
    /// What the call fails with.
    pub async fn revoke(&self, token: &RefreshToken, deadline: Deadline) -> Result<(), Error> {
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("token", token.secret())
            .finish();
        let request = http::Request::builder()
            .method(Method::POST)
            .uri(&self.client.endpoints().revoke)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.into_bytes())
            .map_err(|error| invalid("oauth_endpoint", &error))?;
        match self.client.call_patiently(Effect::Write, &request, deadline).await {
            Err(error) if error.reason() == Reason::TokenInvalid => Ok(()),
            answer => answer.map(drop),
        }
    }

    /// Asks whose the access token is.
    ///
    /// # Errors
    /// `token_invalid`, and what the call itself fails with.
    pub async fn userinfo(&self, token: &AccessToken, deadline: Deadline) -> Result<Userinfo, Error> {
        let mut bearer = header::HeaderValue::try_from(format!("Bearer {}", token.secret()))
            .map_err(|error| invalid("access token", &error))?;
        bearer.set_sensitive(true);
        let request = http::Request::builder()
            .uri(&self.client.endpoints().userinfo)
            .header(header::AUTHORIZATION, bearer)
            .body(Vec::new())
            .map_err(|error| invalid("oauth_endpoint", &error))?;
        self.client
            .call_patiently(Effect::Read, &request, deadline)
            .await?
            .read()
    }

    fn token_client(&self, registration: &Registration) -> Result<TokenClient, Error> {
        let url = TokenUrl::new(self.client.endpoints().token.clone());
        Ok(BasicClient::new(registration.id.clone())
            .set_client_secret(registration.secret.clone())
            .set_auth_type(AuthType::RequestBody)
            .set_token_uri(url.map_err(|error| invalid("oauth_endpoint", &error))?))
    }

    /// The HTTP client of the oauth2 crate. It hands on successes only, so that one place judges refusals.
    async fn exchange(&self, effect: Effect, request: HttpRequest, deadline: Deadline) -> Result<HttpResponse, Error> {
        let answer = self.client.call_patiently(effect, &request, deadline).await?;
        Ok(HttpResponse::new(answer.body))
    }
}

type TokenClient = BasicClient<EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

type TokenAnswer = Result<BasicTokenResponse, RequestTokenError<Error, oauth2::basic::BasicErrorResponse>>;

fn tokens(purpose: Purpose, answer: TokenAnswer) -> Result<Tokens, Error> {
    let bad = |what: String| Error::BadAnswer {
        http_status: 200,
        what,
        retry_after: None,
    };
    let answer = answer.map_err(|error| match error {
        RequestTokenError::Request(error) => error,
        // The crate's own text can hold the body, and that the tokens.
        RequestTokenError::Parse(error, _) => bad(format!("no token answer at `{}`", error.path())),
        RequestTokenError::ServerResponse(_) | RequestTokenError::Other(_) => bad("no token answer".to_owned()),
    })?;
    Ok(Tokens {
        access_token: answer.access_token().clone(),
        expires_in: answer.expires_in().unwrap_or(LIFETIME),
        refresh_token: answer.refresh_token().cloned(),
        // RFC 6749, section 5.1: an answer without scopes grants those that were asked for.
        scopes: answer.scopes().map_or_else(
            || purpose.scopes().map(ToOwned::to_owned).to_vec(),
            |scopes| scopes.iter().map(|scope| scope.to_string()).collect(),
        ),
    })
}

fn invalid(what: &'static str, error: &dyn std::fmt::Display) -> Error {
    Error::Invalid {
        what,
        why: error.to_string(),
    }
}
