// SPDX-License-Identifier: GPL-3.0-or-later
//! The worker's tokens, and the calls that it makes beside sending.

use gcontacts_engine::Stopped;
use gcontacts_people::oauth::{OAuth, RefreshToken, Registration, Tokens};
use gcontacts_people::{Deadline, GoogleAddressBook};

use super::{OfToken, Worker};
use crate::site::Site;

impl Worker {
    /// The consent was given anew.
    pub fn connected(&mut self, tokens: &Tokens) {
        self.site.token = tokens.access_token.secret().clone();
        let refresh = tokens.refresh_token.as_ref().unwrap();
        self.refresh = refresh.secret().clone();
        (self.needs_consent, self.has_access, self.paused_until) = (false, true, 0);
        self.access_until = self.now + i64::try_from(tokens.expires_in.as_secs()).unwrap();
    }

    /// Ends the consent at Google.
    pub fn revoke(&mut self, deadline: Deadline) -> Result<(), Stopped> {
        self.has_access = false;
        let oauth = OAuth::new(self.site.client.clone());
        let refresh = RefreshToken::new(self.refresh.clone());
        let answer = self.site.wait(oauth.revoke(&refresh, deadline));
        answer.map_err(|error| Stopped::from(&error))
    }

    /// A call beside sending: nothing where it cannot be made now or failed, and the account then waits as after a drain.
    pub fn call<T>(
        &mut self,
        call: impl FnOnce(&Site, &GoogleAddressBook, Deadline) -> Result<T, Stopped>,
    ) -> Option<T> {
        if self.needs_consent || self.paused_until > self.now {
            return None;
        }
        let deadline = Deadline::after(self.patience);
        let answer = self
            .refresh_token()
            .and_then(|()| call(&self.site, &self.site.book(), deadline));
        match answer {
            Ok(answer) => Some(answer),
            Err(stopped) if stopped.is_of_token() => {
                self.forget_access();
                None
            }
            Err(stopped) => {
                self.apply(&stopped, false);
                None
            }
        }
    }

    /// `GContactsTokens::access`.
    pub(super) fn refresh_token(&mut self) -> Result<(), Stopped> {
        if self.has_access && self.access_until - 120 > self.now {
            return Ok(());
        }
        let oauth = OAuth::new(self.site.client.clone());
        let registration = Registration::new("gcontacts-demo.apps.example", "demo-secret", "").unwrap();
        let refresh = RefreshToken::new(self.refresh.clone());
        let deadline = Deadline::after(self.patience);
        match self.site.wait(oauth.refresh(&registration, &refresh, deadline)) {
            Ok(tokens) => {
                self.site.token = tokens.access_token.secret().clone();
                self.has_access = true;
                self.access_until = self.now + i64::try_from(tokens.expires_in.as_secs()).unwrap();
                Ok(())
            }
            Err(error) => Err(Stopped::from(&error)),
        }
    }
}
