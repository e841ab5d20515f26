// SPDX-License-Identifier: GPL-3.0-or-later
//! Consents, codes and tokens.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use super::pkce::Challenge;
use crate::clock::Instant;
use crate::random;

/// Live refresh tokens that an account and client may have; one more kills the oldest.
const MOST_REFRESH_TOKENS: usize = 100;
/// Seconds after which an unused refresh token is dead: six months.
const UNUSED_LIFETIME: i64 = 183 * 86_400;
/// Seconds that a code lives.
const CODE_LIFETIME: i64 = 600;

/// Everything that accounts have granted.
#[derive(Debug, Default)]
pub struct Grants {
    consents: BTreeMap<(String, String), Vec<String>>,
    codes: HashMap<String, Code>,
    access: HashMap<String, Access>,
    refresh: HashMap<String, Refresh>,
    issued: u64,
}

/// A code, not yet or already exchanged.
#[derive(Debug, Clone)]
pub struct Code {
    /// Account number.
    pub account: String,
    /// Client id.
    pub client: String,
    /// Where the browser was sent with it.
    pub redirect_uri: String,
    /// PKCE.
    pub challenge: Option<Challenge>,
    /// Scopes granted.
    pub scopes: Vec<String>,
    /// A refresh token is due.
    pub refresh_due: bool,
    /// The access is offline.
    pub offline: bool,
    /// `nonce` of the identity token.
    pub nonce: Option<String>,
    /// End of its life.
    pub expires: Instant,
    /// Tokens that it was exchanged for; none before.
    pub exchanged: Option<Vec<String>>,
}

/// An access token's meaning.
#[derive(Debug, Clone)]
pub struct Access {
    /// Account number.
    pub account: String,
    /// Client id.
    pub client: String,
    /// Scopes.
    pub scopes: Vec<String>,
    /// End of its life.
    pub expires: Instant,
    /// The access is offline.
    pub offline: bool,
}

/// A refresh token's meaning.
#[derive(Debug, Clone)]
pub struct Refresh {
    /// Account number.
    pub account: String,
    /// Client id.
    pub client: String,
    /// Scopes.
    pub scopes: Vec<String>,
    /// End of its life, where it has one (a client in testing).
    pub expires: Option<Instant>,
    /// Last use.
    pub used: Instant,
    /// Order of issue.
    issued: u64,
}

impl Grants {
    /// What an account has granted to a client.
    #[must_use]
    pub fn consent(&self, account: &str, client: &str) -> Option<&[String]> {
        self.consents
            .get(&(account.to_owned(), client.to_owned()))
            .map(Vec::as_slice)
    }

    /// Notes a consent, added to what was granted before.
    pub fn note_consent(&mut self, account: &str, client: &str, scopes: &[String]) {
        let known = self
            .consents
            .entry((account.to_owned(), client.to_owned()))
            .or_default();
        for scope in scopes {
            if !known.contains(scope) {
                known.push(scope.clone());
            }
        }
    }

    /// Makes a code; its life starts now.
    pub fn issue_code(&mut self, mut code: Code, now: Instant) -> String {
        let text = random::token("4/0A");
        code.expires = now.plus(CODE_LIFETIME);
        self.codes.insert(text.clone(), code);
        text
    }

    /// A code, whatever its state.
    #[must_use]
    pub fn code(&self, text: &str) -> Option<&Code> {
        self.codes.get(text)
    }

    /// Notes what a code was exchanged for.
    pub fn mark_exchanged(&mut self, text: &str, tokens: Vec<String>) {
        if let Some(code) = self.codes.get_mut(text) {
            code.exchanged = Some(tokens);
        }
    }

    /// Kills tokens.
    pub fn kill(&mut self, tokens: &[String]) {
        for token in tokens {
            self.access.remove(token);
            self.refresh.remove(token);
        }
    }

    /// Makes an access token.
    pub fn issue_access(&mut self, access: Access) -> String {
        let token = random::token("ya29.");
        self.access.insert(token.clone(), access);
        token
    }

    /// Makes a refresh token.
    pub fn issue_refresh(
        &mut self,
        account: &str,
        client: &str,
        scopes: &[String],
        expires: Option<Instant>,
        now: Instant,
    ) -> String {
        let same = |refresh: &Refresh| refresh.account == account && refresh.client == client;
        if self.refresh.values().filter(|refresh| same(refresh)).count() >= MOST_REFRESH_TOKENS {
            let live = self.refresh.iter().filter(|(_, refresh)| same(refresh));
            let oldest = live
                .min_by_key(|(_, refresh)| refresh.issued)
                .map(|(token, _)| token.clone());
            self.kill(oldest.as_slice());
        }
        self.issued += 1;
        let token = random::token("1//0");
        let refresh = Refresh {
            account: account.to_owned(),
            client: client.to_owned(),
            scopes: scopes.to_vec(),
            expires,
            used: now,
            issued: self.issued,
        };
        self.refresh.insert(token.clone(), refresh);
        token
    }

    /// A live access token.
    #[must_use]
    pub fn access(&self, token: &str, now: Instant) -> Option<&Access> {
        self.access.get(token).filter(|access| access.expires > now)
    }

    /// A live refresh token, which is used by this.
    pub fn use_refresh(&mut self, token: &str, now: Instant) -> Option<Refresh> {
        let refresh = self.refresh.get_mut(token)?;
        let unexpired = refresh.expires.is_none_or(|expires| expires > now);
        let used_lately = refresh.used.plus(UNUSED_LIFETIME) > now;
        (unexpired && used_lately).then(|| {
            refresh.used = now;
            refresh.clone()
        })
    }

    /// Ends the life of an access token.
    pub fn expire_access(&mut self, token: &str) {
        self.access.remove(token);
    }

    /// Takes back the consent that a token belongs to, and with it every token of that account and client.
    pub fn revoke(&mut self, token: &str) -> bool {
        let of_access = self
            .access
            .get(token)
            .map(|access| (access.account.clone(), access.client.clone()));
        let of_refresh = self
            .refresh
            .get(token)
            .map(|refresh| (refresh.account.clone(), refresh.client.clone()));
        let Some(pair) = of_access.or(of_refresh) else {
            return false;
        };
        self.access
            .retain(|_, access| access.account != pair.0 || access.client != pair.1);
        self.refresh
            .retain(|_, refresh| refresh.account != pair.0 || refresh.client != pair.1);
        self.consents.remove(&pair);
        true
    }

    /// The consents of an account, and how many refresh tokens each has.
    #[must_use]
    pub fn of_account(&self, account: &str) -> Value {
        let consents = self.consents.iter().filter(|((own, _), _)| own == account);
        let show = |((_, client), scopes): (&(String, String), &Vec<String>)| {
            let same = |refresh: &&Refresh| refresh.account == account && refresh.client == *client;
            let live = self.refresh.values().filter(same).count();
            json!({"client_id": client, "scopes": scopes, "refresh_tokens": live})
        };
        consents.map(show).collect()
    }
}
