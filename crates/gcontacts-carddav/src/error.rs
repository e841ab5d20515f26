// SPDX-License-Identifier: GPL-3.0-or-later
//! Why an address book could not be read.

use thiserror::Error as ThisError;

/// Why an address book could not be read. Never holds a password.
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
#[non_exhaustive]
pub enum Error {
    /// The address is none.
    #[error("not a web address: {0}")]
    Address(String),
    /// The address is not encrypted.
    #[error("not an https address: {0}")]
    Insecure(String),
    /// The host is inside the network.
    #[error("a host inside the network: {0}")]
    Private(String),
    /// The server sends the browser to a host that must not get the password.
    #[error("sent on to another host: {0}")]
    OtherHost(String),
    /// Login or password are wrong.
    #[error("the server refuses login or password")]
    Login,
    /// No address book was found.
    #[error("no address book at {0}")]
    NoBook(String),
    /// An answer that is none.
    #[error("unexpected answer: {0}")]
    Answer(String),
    /// An answer that is too large.
    #[error("an answer of more than {0} bytes")]
    Large(usize),
    /// The time is over.
    #[error("the server did not answer in time")]
    Deadline,
    /// The server cannot be reached.
    #[error("the server cannot be reached: {0}")]
    Network(String),
}

impl Error {
    /// What it is about, without saying so: the reader's language does that. Empty where the code says it all.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Address(about)
            | Self::Insecure(about)
            | Self::Private(about)
            | Self::OtherHost(about)
            | Self::NoBook(about)
            | Self::Answer(about)
            | Self::Network(about) => about.clone(),
            Self::Login | Self::Large(_) | Self::Deadline => String::new(),
        }
    }

    /// A stable code for it.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Address(_) => "carddav_address",
            Self::Insecure(_) => "carddav_https",
            Self::Private(_) => "carddav_private",
            Self::OtherHost(_) => "carddav_other_host",
            Self::Login => "carddav_login",
            Self::NoBook(_) => "carddav_none",
            Self::Answer(_) => "carddav_answer",
            Self::Large(_) => "carddav_large",
            Self::Deadline => "carddav_slow",
            Self::Network(_) => "carddav_network",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_do_not_repeat_the_code() {
        let error = Error::Private("intranet".to_owned());
        assert_eq!(
            (error.reason(), error.words()),
            ("carddav_private", "intranet".to_owned())
        );
        assert_eq!(
            (Error::Login.reason(), Error::Login.words()),
            ("carddav_login", String::new())
        );
    }
}
