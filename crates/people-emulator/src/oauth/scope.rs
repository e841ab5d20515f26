// SPDX-License-Identifier: GPL-3.0-or-later
//! Scopes: which exist, what a person reads about them, and their full names.

const PREFIX: &str = "https://www.googleapis.com/auth/";

/// Full name, what the consent page says; the scopes that tell who signs in cannot be unticked.
const SCOPES: [(&str, &str, bool); 14] = [
    ("openid", "Associate you with your personal info on Google", true),
    ("userinfo.email", "See your primary Google Account email address", true),
    (
        "userinfo.profile",
        "See your personal info, including any personal info you've made publicly available",
        true,
    ),
    (
        "contacts",
        "See, edit, download, and permanently delete your contacts",
        false,
    ),
    ("contacts.readonly", "See and download your contacts", false),
    (
        "contacts.other.readonly",
        "See and download contact info automatically saved in your \"Other contacts\"",
        false,
    ),
    (
        "directory.readonly",
        "See and download your organization's Google Workspace directory",
        false,
    ),
    ("user.addresses.read", "View your street addresses", false),
    ("user.birthday.read", "See and download your exact date of birth", false),
    (
        "user.emails.read",
        "See and download all of your Google Account email addresses",
        false,
    ),
    ("user.gender.read", "See your gender", false),
    (
        "user.organization.read",
        "See your education, work history and org info",
        false,
    ),
    (
        "user.phonenumbers.read",
        "See and download your personal phone numbers",
        false,
    ),
    (
        "carddav",
        "See, edit, download, and permanently delete your contacts",
        false,
    ),
];

/// The full name of a scope as a client may write it.
#[must_use]
pub fn full_name(written: &str) -> Option<String> {
    let short = match written {
        "email" => "userinfo.email",
        "profile" => "userinfo.profile",
        "openid" => return Some(written.to_owned()),
        other => other.strip_prefix(PREFIX)?,
    };
    SCOPES
        .iter()
        .any(|row| row.0 == short && short != "openid")
        .then(|| format!("{PREFIX}{short}"))
}

/// What the consent page says about a scope of this full name.
#[must_use]
pub fn description(full_name: &str) -> &'static str {
    row(full_name).map_or("", |row| row.1)
}

/// The scope tells who signs in: it cannot be unticked.
#[must_use]
pub fn is_identity(full_name: &str) -> bool {
    row(full_name).is_some_and(|row| row.2)
}

fn row(full_name: &str) -> Option<&'static (&'static str, &'static str, bool)> {
    let short = full_name.strip_prefix(PREFIX).unwrap_or(full_name);
    SCOPES.iter().find(|row| row.0 == short)
}

/// The full names of scopes written with spaces between them, each once.
///
/// # Errors
/// The first one that does not exist.
pub fn parse(written: &str) -> Result<Vec<String>, String> {
    let mut scopes = Vec::new();
    for one in written.split_whitespace() {
        let name = full_name(one).ok_or_else(|| one.to_owned())?;
        if !scopes.contains(&name) {
            scopes.push(name);
        }
    }
    Ok(scopes)
}
