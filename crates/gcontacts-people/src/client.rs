// SPDX-License-Identifier: GPL-3.0-or-later
//! The way to the network, and the only file that knows how it is made.
//!
//! One narrow path: `Client::call` sends a request once, `Client::call_patiently` again where that is right.
//! The runtime is the caller's, a current-thread one.

use std::error::Error as _;
use std::hash::{BuildHasher, Hasher};
use std::io;
use std::time::Duration;

use crate::answer::Answer;
use crate::request::Effect;
use crate::retry::{self, Step};
use crate::{Deadline, Endpoints, Error, Proxy, Reason};

/// Google sends compressed answers only to clients whose name holds `gzip`.
const USER_AGENT: &str = "GContacts/2.0 (gzip)";

/// A connection that was idle longer may have been closed unnoticed: nothing runs between two requests of PHP.
const POOL_IDLE: Duration = Duration::from_secs(45);

/// How long a connection may take to come about: shorter than most deadlines, so that an address that does not
/// answer is told from a server that does not.
const CONNECT: Duration = Duration::from_secs(5);

/// What a [`Client`] is made of; equal options make equal clients.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientOptions {
    /// Where Google is.
    pub endpoints: Endpoints,
    /// The proxy to go through; without one the environment's is not used either.
    pub proxy: Option<Proxy>,
}

/// A pool of connections to Google. Cheap to clone; holds no token.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    endpoints: Endpoints,
    proxied: bool,
}

impl Client {
    /// Makes a client. Connections come about with the first call.
    ///
    /// # Errors
    /// `network_proxy` for a proxy address that is none, `no_certificates` where the system has none.
    pub fn new(options: &ClientOptions) -> Result<Self, Error> {
        // Fails where a provider is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .pool_idle_timeout(POOL_IDLE)
            .connect_timeout(CONNECT)
            // A redirected token request would hand the secret on, and Google redirects none of our calls.
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy();
        if let Some(proxy) = &options.proxy {
            builder = builder.proxy(reqwest_proxy(proxy)?);
        }
        let http = builder
            .build()
            .map_err(|error| network(Reason::NoCertificates, &error, false))?;
        Ok(Self {
            http,
            endpoints: options.endpoints.clone(),
            proxied: options.proxy.is_some(),
        })
    }

    /// The addresses it calls.
    #[must_use]
    pub fn endpoints(&self) -> &Endpoints {
        &self.endpoints
    }

    /// Sends a request, once, and reads the answer whatever its status.
    pub(crate) async fn call(&self, request: http::Request<Vec<u8>>, deadline: Deadline) -> Result<Answer, Error> {
        if deadline.is_over() {
            return Err(Error::Deadline { sent: false });
        }
        let request = reqwest::Request::try_from(request).map_err(|error| Error::Invalid {
            what: "request",
            why: innermost(&error),
        })?;
        let exchange = async {
            let response = self.http.execute(request).await?;
            let http_status = response.status().as_u16();
            let retry_after = retry_after(response.headers());
            let body = response.bytes().await?.to_vec();
            Ok(Answer {
                http_status,
                retry_after,
                body,
            })
        };
        match tokio::time::timeout_at(deadline.instant().into(), exchange).await {
            Ok(answered) => answered.map_err(|error| self.network_error(&error)),
            Err(_) => Err(Error::Deadline { sent: true }),
        }
    }

    /// Sends a request as often as [`retry::after`] allows within the deadline, and accepts only a success.
    pub(crate) async fn call_patiently(
        &self,
        effect: Effect,
        request: &http::Request<Vec<u8>>,
        deadline: Deadline,
    ) -> Result<Answer, Error> {
        let mut attempt = 1;
        loop {
            let error = match self.call(request.clone(), deadline).await.and_then(Answer::accept) {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            match retry::after(effect, &error, attempt, jitter()) {
                Step::Wait(wait) if wait < deadline.remaining() => tokio::time::sleep(wait).await,
                _ => return Err(error),
            }
            attempt += 1;
        }
    }

    /// Lets time pass.
    pub(crate) async fn sleep(&self, time: Duration) {
        if !time.is_zero() {
            tokio::time::sleep(time).await;
        }
    }

    /// Tells the kinds of failure apart by walking the causes.
    fn network_error(&self, error: &reqwest::Error) -> Error {
        if !error.is_connect() {
            return network(Reason::Network, error, true);
        }
        let tls = causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>());
        let reason = if let Some(tls) = tls {
            reason_of_tls(tls)
        } else if self.proxied {
            Reason::NetworkProxy
        } else if error.is_dns() {
            Reason::NetworkDns
        } else if error.is_timeout() {
            Reason::NetworkTimeout
        } else if causes(error).any(is_refusal) {
            Reason::NetworkRefused
        } else {
            Reason::Network
        };
        network(reason, error, false)
    }
}

fn reqwest_proxy(proxy: &Proxy) -> Result<reqwest::Proxy, Error> {
    let made = reqwest::Proxy::all(&proxy.url).map_err(|error| network(Reason::NetworkProxy, &error, false))?;
    Ok(if proxy.user.is_empty() {
        made
    } else {
        made.basic_auth(&proxy.user, proxy.password.reveal())
    })
}

fn network(reason: Reason, error: &reqwest::Error, sent: bool) -> Error {
    Error::Network {
        reason,
        what: innermost(error),
        sent,
    }
}

/// The last cause, which alone says what happened; the outer ones repeat the address with its query.
fn innermost(error: &reqwest::Error) -> String {
    causes(error)
        .last()
        .map_or_else(|| "no cause told".to_owned(), ToString::to_string)
}

/// The causes of an error, outermost first. An `io::Error` hides the one it wraps, so that is looked into.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(error.source(), |cause| {
        let cause: &(dyn std::error::Error + 'static) = *cause;
        match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => cause.source(),
        }
    })
}

/// Google's own certificates are always in order: what is wrong with one is the server's clock, or somebody on the way.
fn reason_of_tls(error: &rustls::Error) -> Reason {
    use rustls::CertificateError as Wrong;
    let rustls::Error::InvalidCertificate(wrong) = error else {
        return Reason::NetworkTls;
    };
    match wrong {
        Wrong::Expired | Wrong::ExpiredContext { .. } | Wrong::NotValidYet | Wrong::NotValidYetContext { .. } => {
            Reason::ClockWrong
        }
        Wrong::UnknownIssuer | Wrong::NotValidForName | Wrong::NotValidForNameContext { .. } => {
            Reason::CertificateUnknown
        }
        _ => Reason::NetworkTls,
    }
}

fn is_refusal(cause: &(dyn std::error::Error + 'static)) -> bool {
    let kinds = [
        io::ErrorKind::ConnectionRefused,
        io::ErrorKind::HostUnreachable,
        io::ErrorKind::NetworkUnreachable,
    ];
    cause
        .downcast_ref::<io::Error>()
        .is_some_and(|error| kinds.contains(&error.kind()))
}

/// Reads the header in its form of seconds; Google sends no dates there.
fn retry_after(headers: &http::HeaderMap) -> Option<Duration> {
    headers
        .get(http::header::RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()
        .map(Duration::from_secs)
}

/// A number in [0, 1), different at each call: std seeds each hasher anew.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
fn jitter() -> f64 {
    let bits = std::hash::RandomState::new().build_hasher().finish() >> 11;
    bits as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::CertificateError as Wrong;

    #[test]
    fn a_wrong_clock_and_a_stranger_are_told_apart() {
        let reason = |wrong| reason_of_tls(&rustls::Error::InvalidCertificate(wrong));
        for wrong in [Wrong::Expired, Wrong::NotValidYet] {
            assert_eq!(reason(wrong), Reason::ClockWrong);
        }
        for wrong in [Wrong::UnknownIssuer, Wrong::NotValidForName] {
            assert_eq!(reason(wrong), Reason::CertificateUnknown);
        }
        assert_eq!(reason(Wrong::BadSignature), Reason::NetworkTls);
        assert_eq!(reason_of_tls(&rustls::Error::HandshakeNotComplete), Reason::NetworkTls);
    }
}
