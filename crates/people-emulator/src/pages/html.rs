// SPDX-License-Identifier: GPL-3.0-or-later
//! HTML: text made safe, and the frame of a page.

/// Text as it stands in HTML, attributes included.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A whole page; `body` is HTML already.
#[must_use]
pub fn page(title: &str, style: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <link rel=\"icon\" href=\"data:,\">\n<title>{}</title>\n<style>{style}</style>\n</head>\n\
         <body>\n{body}\n</body>\n</html>\n",
        escape(title)
    )
}

/// An error of Google's front end.
#[must_use]
pub fn error_page(status: u16, title: &str, text: &str) -> String {
    let body = format!("<p><b>{status}.</b> That's an error.</p><p>{}</p>", escape(text));
    page(
        &format!("Error {status} ({title})!!1"),
        "body{font:15px/22px sans-serif;margin:7% auto;max-width:390px}",
        &body,
    )
}
