// SPDX-License-Identifier: GPL-3.0-or-later
//! A form of a page that a server of ours wrote: enough HTML to fill it in and send it.

use std::collections::BTreeMap;

/// A form as it stands on a page.
#[derive(Debug, PartialEq, Eq)]
pub struct Form {
    /// Where it is sent; empty for the page's own address.
    pub action: String,
    /// The fields that are sent when no button is pressed.
    pub fields: BTreeMap<String, String>,
    /// The buttons, as name and value.
    pub buttons: Vec<(String, String)>,
}

impl Form {
    /// The first form of a page that `is_it` accepts.
    pub fn find(page: &str, is_it: impl Fn(&Form) -> bool) -> Option<Self> {
        page.split("<form").skip(1).filter_map(Self::read).find(is_it)
    }

    fn read(text: &str) -> Option<Self> {
        let (head, rest) = text.split_once('>')?;
        let body = rest.split("</form>").next().unwrap_or_default();
        let mut form = Self {
            action: attribute(head, "action").unwrap_or_default(),
            fields: BTreeMap::new(),
            buttons: Vec::new(),
        };
        for tag in body.split('<').filter_map(|piece| piece.split('>').next()) {
            let kind = attribute(tag, "type").unwrap_or_default();
            let value = attribute(tag, "value").unwrap_or_default();
            let Some(name) = attribute(tag, "name") else { continue };
            if tag.starts_with("button") || kind == "submit" {
                form.buttons.push((name, value));
            } else if tag.starts_with("input") {
                let said = |state: &str| {
                    tag.split_whitespace()
                        .any(|word| word.trim_end_matches('/').starts_with(state))
                };
                let choice = kind == "checkbox" || kind == "radio";
                if (!choice || said("checked")) && !said("disabled") {
                    form.fields.insert(name, value);
                }
            }
        }
        Some(form)
    }

    /// The fields and the button of that value, to be sent.
    pub fn filled(&self, button: &str) -> Vec<(&str, &str)> {
        let pressed = self.buttons.iter().find(|(_, value)| value == button);
        let fields = self.fields.iter().chain(pressed.map(|(name, value)| (name, value)));
        fields.map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
    Some(
        value
            .replace("&quot;", "\"")
            .replace("&#039;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}

#[cfg(test)]
mod tests {
    use super::Form;

    const PAGE: &str = r#"<form action="/search"><input name="q"></form>
        <form method="POST" action="/consent?a=1&amp;b=2"><input type="hidden" name="state" value="a&quot;b">
        <label><input type="checkbox" name="scope" value="x" checked> x</label>
        <input type="checkbox" name="other" value="y"><input type="checkbox" name="fixed" value="z" checked disabled>
        <button name="decision" value="allow">Allow</button><button name="decision" value="deny">No</button></form>"#;

    #[test]
    fn sends_what_a_browser_would_send() {
        let form = Form::find(PAGE, |form| form.fields.contains_key("state")).unwrap();
        assert_eq!(form.action, "/consent?a=1&b=2");
        assert_eq!(
            form.filled("allow"),
            [("scope", "x"), ("state", "a\"b"), ("decision", "allow")]
        );
    }

    #[test]
    fn finds_nothing_where_nothing_fits() {
        assert_eq!(Form::find(PAGE, |form| form.fields.contains_key("absent")), None);
    }
}
