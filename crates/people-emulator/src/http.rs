// SPDX-License-Identifier: GPL-3.0-or-later
//! A request as the emulator reads it, and the answer that it makes, free of any web framework.

use std::io::Write as _;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use flate2::Compression;
use flate2::write::GzEncoder;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::pages;

/// A request, read whole.
#[derive(Debug, Clone)]
pub struct Request {
    /// Verb, after `X-HTTP-Method-Override`.
    pub verb: String,
    /// Path as sent.
    pub path: String,
    /// Query, decoded, in order.
    pub query: Vec<(String, String)>,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

impl Request {
    /// Takes a request apart.
    #[must_use]
    pub fn new(verb: &str, path: &str, query: &str, headers: HeaderMap, body: Bytes) -> Self {
        let mut request = Self {
            verb: verb.to_owned(),
            path: path.to_owned(),
            query: decode_form(query),
            headers,
            body,
        };
        request.apply_method_override();
        request
    }

    /// `POST` with the header and a form body stands for `GET` with that query: clients do so for long addresses.
    fn apply_method_override(&mut self) {
        let wanted = self.header("x-http-method-override").map(str::to_ascii_uppercase);
        if let (true, Some(wanted)) = (self.verb == "POST", wanted) {
            if wanted == "GET" && self.has_form() {
                self.query.extend(self.form());
                self.body = Bytes::new();
            }
            self.verb = wanted;
        }
    }

    /// A header as text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The first parameter of a name.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }

    /// The body is a form, by its content type.
    #[must_use]
    pub fn has_form(&self) -> bool {
        self.media_type() == "application/x-www-form-urlencoded"
    }

    /// The media type of the body, lower case, without parameters.
    #[must_use]
    pub fn media_type(&self) -> String {
        let whole = self.header("content-type").unwrap_or_default();
        whole.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The body read as a form.
    #[must_use]
    pub fn form(&self) -> Vec<(String, String)> {
        decode_form(&String::from_utf8_lossy(&self.body))
    }

    /// The token of an `Authorization: Bearer` header or of the query.
    #[must_use]
    pub fn bearer(&self) -> Option<&str> {
        let header = self.header("authorization").and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
        });
        header
            .or_else(|| self.parameter("access_token"))
            .or_else(|| self.parameter("oauth_token"))
    }

    fn accepts_gzip(&self) -> bool {
        self.header("accept-encoding")
            .is_some_and(|value| value.to_ascii_lowercase().contains("gzip"))
    }
}

/// The first value of a name.
#[must_use]
pub fn first<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

/// Takes `a=b&c=d` apart.
#[must_use]
pub fn decode_form(text: &str) -> Vec<(String, String)> {
    let part = |text: &str| {
        percent_decode_str(&text.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (part(name), part(value))
    };
    text.split('&').filter(|text| !text.is_empty()).map(pair).collect()
}

/// Puts `a=b&c=d` together.
#[must_use]
pub fn encode_form<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let part = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    pairs
        .into_iter()
        .map(|(name, value)| format!("{}={}", part(name), part(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// An answer, before it is put on the wire.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers besides type and length.
    pub headers: Vec<(&'static str, String)>,
    /// Body.
    pub content: Content,
}

/// The body of an answer.
#[derive(Debug, Clone)]
pub enum Content {
    /// JSON, pretty-printed unless asked otherwise.
    Json(Value),
    /// A page.
    Html(String),
    /// Something else, with its media type.
    Other(&'static str, Vec<u8>),
}

impl Answer {
    /// JSON.
    #[must_use]
    pub fn json(status: u16, value: Value) -> Self {
        Self {
            status,
            headers: Vec::new(),
            content: Content::Json(value),
        }
    }

    /// A page.
    #[must_use]
    pub fn html(status: u16, page: String) -> Self {
        Self {
            status,
            headers: Vec::new(),
            content: Content::Html(page),
        }
    }

    /// Sends the browser elsewhere.
    #[must_use]
    pub fn redirect(status: u16, location: String) -> Self {
        Self {
            headers: vec![("location", location)],
            ..Self::html(status, String::new())
        }
    }

    /// Google's page for an address that is none.
    #[must_use]
    pub fn no_such_page(path: &str) -> Self {
        Self::html(
            404,
            pages::error_page(
                404,
                "Not Found",
                &format!("The requested URL {path} was not found on this server."),
            ),
        )
    }

    /// The answer as the web framework sends it.
    #[must_use]
    pub fn into_response(self, request: &Request) -> Response<Body> {
        let (media_type, mut bytes) = match self.content {
            Content::Json(value) => (
                "application/json; charset=UTF-8",
                print_json(&value, request.parameter("prettyPrint")),
            ),
            Content::Html(page) => ("text/html; charset=UTF-8", page.into_bytes()),
            Content::Other(media_type, bytes) => (media_type, bytes),
        };
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private"));
        headers.insert(
            header::VARY,
            HeaderValue::from_static("Origin, X-Origin, Referer, Accept-Encoding"),
        );
        if request.accepts_gzip()
            && bytes.len() > 200
            && let Some(small) = gzip(&bytes)
        {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            bytes = small;
        }
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
        let mut response = Response::new(Body::from(bytes));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        *response.headers_mut() = headers;
        response
    }
}

fn print_json(value: &Value, pretty: Option<&str>) -> Vec<u8> {
    let compact = pretty.is_some_and(|text| matches!(text, "false" | "0"));
    let mut text = if compact {
        value.to_string()
    } else {
        format!("{value:#}")
    };
    text.push('\n');
    text.into_bytes()
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}
