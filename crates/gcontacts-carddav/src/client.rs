// SPDX-License-Identifier: GPL-3.0-or-later
//! The way to a server, and the only file that knows how it is made.

use std::collections::HashSet;
use std::error::Error as _;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::{Method, StatusCode};
use url::Url;

use crate::Error;
use crate::guard::{Reach, Resolver, check, is_inside, is_same_domain};
use crate::multistatus::{Multistatus, Resource, parse};
use crate::read::{VCard, read_vcards};
use crate::request::{self, Request};

/// How large an answer may be.
const LARGEST: usize = 32 << 20;
/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(5);
/// How often a server may send us on.
const REDIRECTS: usize = 5;
/// Cards that are asked for together.
const BATCH: usize = 100;
/// Pages of an account of changes: a server without end is none.
const PAGES: usize = 1000;

/// Who asks. Its password is never shown.
#[derive(Clone, Default)]
pub struct Login {
    /// The name.
    pub user: String,
    /// The password, or an app password.
    pub password: String,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Login({}, [redacted])", self.user)
    }
}

/// The proxy of the site, by which public hosts are reached.
#[derive(Clone)]
pub struct Proxy {
    /// Its address, for example `http://proxy.example:3128`.
    pub url: String,
    /// Login; empty for none.
    pub user: String,
    /// Password of the login.
    pub password: String,
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({}, [redacted])", self.url)
    }
}

/// What may be reached, how, and until when.
#[derive(Clone, Debug)]
pub struct Access {
    /// Which hosts.
    pub reach: Reach,
    /// The proxy to go through; without one the environment's is not used either.
    pub proxy: Option<Proxy>,
    /// When it must be over.
    pub until: Instant,
}

/// Reads address books.
#[derive(Debug)]
pub struct Client {
    /// Resolves names itself: what is checked is what is connected to.
    direct: reqwest::Client,
    /// Goes through the proxy of the site, where there is one.
    proxied: Option<reqwest::Client>,
    access: Access,
}

impl Client {
    /// Makes a client.
    ///
    /// # Errors
    /// Where the system has no certificates, or the address of the proxy is none.
    pub fn new(access: Access) -> Result<Self, Error> {
        // Fails where a provider is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let direct = builder().dns_resolver(Arc::new(Resolver(access.reach))).build();
        let proxied = access.proxy.as_ref().map(proxied).transpose()?;
        Ok(Self {
            direct: direct.map_err(|error| Error::Network(innermost(&error)))?,
            proxied,
            access,
        })
    }

    /// The way to a host. A proxy looks the name up anew, so that a host which is inside of the network as seen from here
    /// never goes through it: it is reached directly where that is allowed. Whoever deceives us about a name gains nothing,
    /// since without that permission only https is spoken, and what is inside has no certificate of that name.
    async fn way(&self, url: &Url) -> Result<&reqwest::Client, Error> {
        let Some(proxied) = &self.proxied else {
            return Ok(&self.direct);
        };
        if !is_inside(url).await {
            return Ok(proxied);
        }
        match self.access.reach {
            Reach::Any => Ok(&self.direct),
            Reach::Public => Err(Error::Private(url.host_str().unwrap_or_default().to_owned())),
        }
    }

    /// An address that a person typed; https where it says nothing.
    ///
    /// # Errors
    /// Where it is none, or not to be reached.
    pub fn address(&self, typed: &str) -> Result<Url, Error> {
        let typed = typed.trim();
        let whole = if typed.contains("://") {
            typed.to_owned()
        } else {
            format!("https://{typed}")
        };
        let mut url = Url::parse(&whole).map_err(|_| Error::Address(typed.to_owned()))?;
        // A password in the address would stand in logs.
        let refused = url.set_username("").is_err() || url.set_password(None).is_err();
        if refused || url.host().is_none() {
            return Err(Error::Address(typed.to_owned()));
        }
        check(&url, self.access.reach)?;
        Ok(url)
    }

    /// The address that a server names; it must be one that may be reached.
    pub(crate) fn joined(&self, base: &Url, href: &str) -> Result<Url, Error> {
        let url = base
            .join(href)
            .map_err(|_| Error::Answer(format!("the address {href}")))?;
        check(&url, self.access.reach)?;
        if !is_same_domain(base, &url) {
            return Err(Error::OtherHost(url.host_str().unwrap_or_default().to_owned()));
        }
        Ok(url)
    }

    /// Reads the cards of an address book, at most `limit`, and tells whether there are more.
    ///
    /// # Errors
    /// What the server refuses.
    pub async fn cards(
        &self,
        book: &Url,
        login: &Login,
        country: &str,
        limit: usize,
    ) -> Result<(Vec<VCard>, bool), Error> {
        let mut hrefs = self.members(book, login).await?;
        let more = hrefs.len() > limit;
        hrefs.truncate(limit);
        let mut cards = Vec::with_capacity(hrefs.len());
        for batch in hrefs.chunks(BATCH) {
            let (_, answer) = self
                .ask(&request::cards(book, batch.iter().map(String::as_str)), login)
                .await?;
            for resource in answer.resources.iter().filter(|resource| !resource.data.is_empty()) {
                cards.extend(
                    read_vcards(resource.data.as_bytes(), country)
                        .into_iter()
                        .map(|card| named(card, resource)),
                );
            }
        }
        Ok((cards, more))
    }

    /// The addresses of the cards of an address book: by its account of changes where it keeps one.
    async fn members(&self, book: &Url, login: &Login) -> Result<Vec<String>, Error> {
        let (_, answer) = self.ask(&request::look(book, 0), login).await?;
        if answer.resources.iter().any(|resource| resource.keeps_changes) {
            match self.members_by_changes(book, login).await {
                Err(Error::Answer(_)) => {}
                told => return told,
            }
        }
        let (at, answer) = self.ask(&request::versions(book), login).await?;
        Ok(hrefs(&at, &answer))
    }

    async fn members_by_changes(&self, book: &Url, login: &Login) -> Result<Vec<String>, Error> {
        let (mut all, mut seen, mut token) = (Vec::new(), HashSet::new(), String::new());
        for _ in 0..PAGES {
            let (at, answer) = self.ask(&request::changes(book, &token), login).await?;
            all.extend(hrefs(&at, &answer).into_iter().filter(|href| seen.insert(href.clone())));
            // 507 on the address book itself: there is more.
            let has_more = answer.resources.iter().any(|resource| resource.status == 507);
            if !has_more || answer.sync_token == token {
                return Ok(all);
            }
            token = answer.sync_token;
        }
        Err(Error::Answer("an account of changes without end".to_owned()))
    }

    /// Sends a request, follows where it is sent on within the domain, and reads the answer.
    pub(crate) async fn ask(&self, request: &Request, login: &Login) -> Result<(Url, Multistatus), Error> {
        let mut url = request.url.clone();
        for _ in 0..=REDIRECTS {
            check(&url, self.access.reach)?;
            let answer = tokio::time::timeout_at(self.access.until.into(), self.send(request, &url, login));
            let (status, location, body) = answer.await.map_err(|_| Error::Deadline)??;
            if status.is_redirection() {
                url = self.joined(&url, &location)?;
                continue;
            }
            return match status {
                StatusCode::MULTI_STATUS => Ok((url, parse(&body)?)),
                StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(Error::Login),
                status => Err(Error::Answer(format!("status {}", status.as_u16()))),
            };
        }
        Err(Error::Answer("sent on without end".to_owned()))
    }

    async fn send(&self, request: &Request, url: &Url, login: &Login) -> Result<(StatusCode, String, String), Error> {
        let method =
            Method::from_bytes(request.method.as_bytes()).map_err(|error| Error::Network(error.to_string()))?;
        let mut sending = self
            .way(url)
            .await?
            .request(method, url.clone())
            .header("Depth", request.depth.to_string())
            .header(CONTENT_TYPE, "application/xml; charset=utf-8")
            .body(request.body.clone());
        if !login.user.is_empty() || !login.password.is_empty() {
            sending = sending.basic_auth(&login.user, Some(&login.password));
        }
        let mut answer = sending.send().await.map_err(|error| failure(&error))?;
        let location = answer
            .headers()
            .get(LOCATION)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(|error| failure(&error))? {
            if body.len() + part.len() > LARGEST {
                return Err(Error::Large(LARGEST));
            }
            body.extend_from_slice(&part);
        }
        Ok((answer.status(), location, String::from_utf8_lossy(&body).into_owned()))
    }
}

fn builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent("GContacts/2.0")
        .connect_timeout(CONNECT)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
}

/// A client that resolves the name of the proxy alone, which may well be inside of the network.
fn proxied(proxy: &Proxy) -> Result<reqwest::Client, Error> {
    let mut way = reqwest::Proxy::all(&proxy.url).map_err(|error| Error::Network(innermost(&error)))?;
    if !proxy.user.is_empty() {
        way = way.basic_auth(&proxy.user, &proxy.password);
    }
    let client = builder().proxy(way).build();
    client.map_err(|error| Error::Network(innermost(&error)))
}

/// The cards among some resources; not the address book itself, and not what is gone.
fn hrefs(at: &Url, answer: &Multistatus) -> Vec<String> {
    let own = at.path().trim_end_matches('/');
    let is_card = |resource: &&Resource| {
        !resource.is_collection
            && !resource.is_book
            && !matches!(resource.status, 404 | 507)
            && !resource.href.ends_with('/')
            && resource.href.trim_end_matches('/') != own
    };
    answer
        .resources
        .iter()
        .filter(is_card)
        .map(|resource| resource.href.clone())
        .collect()
}

/// A card without a UID of its own is named by its address.
fn named(mut card: VCard, resource: &Resource) -> VCard {
    if card.uid.is_empty() {
        card.uid.clone_from(&resource.href);
    }
    card
}

fn failure(error: &reqwest::Error) -> Error {
    let private = causes(error).find_map(|cause| cause.downcast_ref::<Error>().cloned());
    private.unwrap_or_else(|| Error::Network(innermost(error)))
}

/// The last cause, which alone says what happened; the outer ones repeat the address.
fn innermost(error: &reqwest::Error) -> String {
    causes(error)
        .last()
        .map_or_else(|| "no cause told".to_owned(), ToString::to_string)
}

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(error.source(), |cause| {
        let cause: &(dyn std::error::Error + 'static) = *cause;
        cause.source()
    })
}
