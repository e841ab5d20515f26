// SPDX-License-Identifier: GPL-3.0-or-later
//! The functions around the account: consent, tokens, whose it is, how full it is.

use ext_php_rs::builders::ModuleBuilder;
use ext_php_rs::types::ZendHashTable;
use ext_php_rs::{php_function, wrap_function};
use gcontacts_people::oauth::{
    AccessToken, AuthorizationCode, OAuth, PkceCodeVerifier, Purpose, RefreshToken, Registration, Tokens,
    consent_request as ask,
};
use serde::{Deserialize, Serialize};

use crate::book::with_book_of;
use crate::error::Error;
use crate::text::Text;
use crate::to_php::PhpArray;
use crate::transport::{Transport, endpoints};
use crate::{from_php, runtime};

/// Adds the functions of this file to the extension.
pub fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module
        .function(wrap_function!(consent_request))
        .function(wrap_function!(exchange_code))
        .function(wrap_function!(refresh_access))
        .function(wrap_function!(revoke))
        .function(wrap_function!(userinfo))
        .function(wrap_function!(count_cards))
        .function(wrap_function!(reading_request))
        .function(wrap_function!(exchange_reading_code))
}

/// The argument `$client`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClientArgument {
    client_id: String,
    client_secret: String,
    redirect_uri: String,
}

fn registration(client: &ZendHashTable) -> Result<Registration, Error> {
    let client: ClientArgument = from_php::read("client", client)?;
    Ok(Registration::new(
        &client.client_id,
        &client.client_secret,
        &client.redirect_uri,
    )?)
}

#[derive(Serialize)]
struct Consent<'a> {
    url: &'a str,
    state: &'a str,
    verifier: &'a str,
}

/// `GContacts\consent_request(array $client, string $login_hint): array`
#[php_function]
#[php(name = "GContacts\\consent_request")]
pub fn consent_request(client: &ZendHashTable, login_hint: Text<'_>) -> Result<PhpArray, Error> {
    prepare(client, Purpose::Sync, login_hint.named("login_hint")?)
}

/// `GContacts\reading_request(array $client): array`
#[php_function]
#[php(name = "GContacts\\reading_request")]
pub fn reading_request(client: &ZendHashTable) -> Result<PhpArray, Error> {
    prepare(client, Purpose::Reading, "")
}

fn prepare(client: &ZendHashTable, purpose: Purpose, login_hint: &str) -> Result<PhpArray, Error> {
    let request = ask(&endpoints()?, &registration(client)?, purpose, login_hint)?;
    PhpArray::of(&Consent {
        url: &request.url,
        state: request.state.secret(),
        verifier: request.verifier.secret(),
    })
}

#[derive(Serialize)]
struct TokensAnswer<'a> {
    access_token: &'a str,
    expires_in: u64,
    refresh_token: &'a str,
    scopes: &'a [String],
}

fn tokens_answer(tokens: &Tokens) -> Result<PhpArray, Error> {
    PhpArray::of(&TokensAnswer {
        access_token: tokens.access_token.secret(),
        expires_in: tokens.expires_in.as_secs(),
        refresh_token: tokens.refresh_token.as_ref().map_or("", |token| token.secret()),
        scopes: &tokens.scopes,
    })
}

/// `GContacts\exchange_code(array $client, array $transport, string $code, string $verifier): array`
#[php_function]
#[php(name = "GContacts\\exchange_code")]
pub fn exchange_code(
    client: &ZendHashTable,
    transport: &ZendHashTable,
    code: Text<'_>,
    verifier: Text<'_>,
) -> Result<PhpArray, Error> {
    exchange(client, Purpose::Sync, transport, code, verifier)
}

/// `GContacts\exchange_reading_code(array $client, array $transport, string $code, string $verifier): array`
#[php_function]
#[php(name = "GContacts\\exchange_reading_code")]
pub fn exchange_reading_code(
    client: &ZendHashTable,
    transport: &ZendHashTable,
    code: Text<'_>,
    verifier: Text<'_>,
) -> Result<PhpArray, Error> {
    exchange(client, Purpose::Reading, transport, code, verifier)
}

fn exchange(
    client: &ZendHashTable,
    purpose: Purpose,
    transport: &ZendHashTable,
    code: Text<'_>,
    verifier: Text<'_>,
) -> Result<PhpArray, Error> {
    let Transport { deadline, options, .. } = Transport::read(transport)?;
    let registration = registration(client)?;
    let code = AuthorizationCode::new(code.named("code")?.to_owned());
    let verifier = PkceCodeVerifier::new(verifier.named("verifier")?.to_owned());
    let tokens = runtime::run(options, async |client| {
        OAuth::new(client)
            .exchange_code(&registration, purpose, code, verifier, deadline)
            .await
    })?;
    tokens_answer(&tokens)
}

/// `GContacts\refresh_access(array $client, array $transport, string $refresh_token): array`
#[php_function]
#[php(name = "GContacts\\refresh_access")]
pub fn refresh_access(
    client: &ZendHashTable,
    transport: &ZendHashTable,
    refresh_token: Text<'_>,
) -> Result<PhpArray, Error> {
    let Transport { deadline, options, .. } = Transport::read(transport)?;
    let registration = registration(client)?;
    let token = RefreshToken::new(refresh_token.named("refresh_token")?.to_owned());
    let tokens = runtime::run(options, async |client| {
        OAuth::new(client).refresh(&registration, &token, deadline).await
    })?;
    tokens_answer(&tokens)
}

/// `GContacts\revoke(array $transport, string $token): void`
#[php_function]
#[php(name = "GContacts\\revoke")]
pub fn revoke(transport: &ZendHashTable, token: Text<'_>) -> Result<(), Error> {
    let Transport { deadline, options, .. } = Transport::read(transport)?;
    let token = RefreshToken::new(token.named("token")?.to_owned());
    runtime::run(options, async |client| {
        OAuth::new(client).revoke(&token, deadline).await
    })
}

#[derive(Serialize)]
struct UserinfoAnswer {
    sub: String,
    email: String,
}

/// `GContacts\userinfo(array $transport, string $access_token): array`
#[php_function]
#[php(name = "GContacts\\userinfo")]
pub fn userinfo(transport: &ZendHashTable, access_token: Text<'_>) -> Result<PhpArray, Error> {
    let Transport { deadline, options, .. } = Transport::read(transport)?;
    let token = AccessToken::new(access_token.named("access_token")?.to_owned());
    let info = runtime::run(options, async |client| {
        OAuth::new(client).userinfo(&token, deadline).await
    })?;
    PhpArray::of(&UserinfoAnswer {
        sub: info.sub,
        email: info.email,
    })
}

/// `GContacts\count_cards(array $transport, string $access_token): int`
#[php_function]
#[php(name = "GContacts\\count_cards")]
pub fn count_cards(transport: &ZendHashTable, access_token: Text<'_>) -> Result<i64, Error> {
    let transport = Transport::read(transport)?;
    let token = AccessToken::new(access_token.named("access_token")?.to_owned());
    let count = with_book_of(transport, token, async |book, deadline| book.count(deadline).await)?.0;
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}
