// SPDX-License-Identifier: GPL-3.0-or-later
//! A browser's least: HTTP to the servers that xtask itself started, with cookies kept and redirects in the caller's hand.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result};

/// An answer.
pub struct Answer {
    /// The status code.
    pub status: u16,
    headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

impl Answer {
    /// The first header of that name (in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Somebody who talks to servers and keeps their cookies.
#[derive(Default)]
pub struct Browser {
    /// By host and name.
    cookies: BTreeMap<(String, String), String>,
}

impl Browser {
    /// Gets a page.
    ///
    /// # Errors
    /// When the server cannot be reached or does not speak HTTP.
    pub fn get(&mut self, url: &str) -> Result<Answer> {
        self.send("GET", url, "", "")
    }

    /// Posts a form.
    ///
    /// # Errors
    /// As [`Browser::get`].
    pub fn post_form(&mut self, url: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
            .collect();
        self.send("POST", url, "application/x-www-form-urlencoded", &body.join("&"))
    }

    /// Posts JSON.
    ///
    /// # Errors
    /// As [`Browser::get`].
    pub fn post_json(&mut self, url: &str, body: &serde_json::Value) -> Result<Answer> {
        self.send("POST", url, "application/json", &body.to_string())
    }

    // HTTP/1.0: the answer ends where the connection ends, and nothing comes in chunks.
    fn send(&mut self, method: &str, url: &str, content_type: &str, body: &str) -> Result<Answer> {
        let rest = url
            .strip_prefix("http://")
            .with_context(|| format!("not a plain http address: {url}"))?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let mut request = format!("{method} /{path} HTTP/1.0\r\nHost: {host}\r\nConnection: close\r\n");
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .filter(|((of, _), _)| of == host)
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            request.push_str("Cookie: ");
            request.push_str(&cookies.join("; "));
            request.push_str("\r\n");
        }
        if method == "POST" {
            write!(
                request,
                "Content-Type: {content_type}\r\nContent-Length: {}\r\n",
                body.len()
            )?;
        }
        let mut stream = TcpStream::connect(host).with_context(|| format!("cannot reach {host}"))?;
        stream.set_read_timeout(Some(Duration::from_mins(2)))?;
        stream.write_all(format!("{request}\r\n{body}").as_bytes())?;
        let mut bytes = Vec::new();
        stream
            .read_to_end(&mut bytes)
            .with_context(|| format!("{method} {url}"))?;
        let answer =
            parse(&String::from_utf8_lossy(&bytes)).with_context(|| format!("{method} {url}: no HTTP answer"))?;
        for (_, cookie) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let pair = cookie.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies
                    .insert((host.to_owned(), name.trim().to_owned()), value.trim().to_owned());
            }
        }
        Ok(answer)
    }
}

fn parse(text: &str) -> Option<Answer> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.split_whitespace().nth(1)?.parse().ok()?;
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    Some(Answer {
        status,
        headers,
        body: body.to_owned(),
    })
}

/// Writes a value as a form does.
pub fn escape(value: &str) -> String {
    let written = |byte: u8| match char::from(byte) {
        plain if plain.is_ascii_alphanumeric() || "-._~".contains(plain) => plain.to_string(),
        _ => format!("%{byte:02X}"),
    };
    value.bytes().map(written).collect()
}

#[cfg(test)]
mod tests {
    use super::{escape, parse};

    #[test]
    fn reads_status_headers_and_body() {
        let answer = parse("HTTP/1.0 302 Found\r\nLocation: /a\r\nSet-Cookie: x=1\r\n\r\nbody\r\n\r\nmore").unwrap();
        assert_eq!(answer.status, 302);
        assert_eq!(answer.header("location"), Some("/a"));
        assert_eq!(answer.body, "body\r\n\r\nmore");
    }

    #[test]
    fn escapes_what_a_form_escapes() {
        assert_eq!(escape("a b&é"), "a%20b%26%C3%A9");
    }
}
