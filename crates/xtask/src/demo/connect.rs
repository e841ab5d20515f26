// SPDX-License-Identifier: GPL-3.0-or-later
//! Connecting the account as an administrator does: log in, press Connect, agree on the consent page, come back.

use anyhow::{Context, Result, bail};

use super::form::Form;
use crate::http::{Answer, Browser};
use crate::site::dolibarr::ADMINISTRATOR;

/// Connects the account, and gives its e-mail address as the setup page shows it.
///
/// # Errors
/// When a page is not what it should be.
pub fn connect(dolibarr: &str) -> Result<String> {
    let mut browser = Browser::default();
    log_in(&mut browser, dolibarr)?;
    let setup = format!("{dolibarr}/custom/gcontacts/admin/setup.php");
    let page = browser.get(&setup)?;
    let is_connect = |form: &Form| form.action.ends_with("/gcontacts/admin/connect.php");
    let form = Form::find(&page.body, is_connect).context("the setup page has no Connect button")?;
    let consent = location(
        &browser.post_form(&absolute(dolibarr, &form.action), &form.filled(""))?,
        "Connect",
    )?;
    let callback = agree(&mut browser, &consent)?;
    let back = location(&browser.get(&callback)?, "the way back from Google")?;
    let page = browser.get(&absolute(dolibarr, &back))?;
    account_on(&page.body)
}

fn log_in(browser: &mut Browser, dolibarr: &str) -> Result<()> {
    let page = browser.get(&format!("{dolibarr}/index.php"))?;
    let is_login = |form: &Form| form.fields.contains_key("username");
    let mut form = Form::find(&page.body, is_login).context("Dolibarr shows no login form")?;
    for name in ["username", "password"] {
        form.fields.insert(name.to_owned(), ADMINISTRATOR.to_owned());
    }
    browser.post_form(&absolute(dolibarr, &form.action), &form.filled(""))?;
    let page = browser.get(&format!("{dolibarr}/index.php?mainmenu=home"))?;
    if page.status != 200 || Form::find(&page.body, is_login).is_some() {
        bail!("the login as {ADMINISTRATOR} was refused");
    }
    Ok(())
}

/// Presses Allow on the consent page; gives the address that Google sends the browser back to.
fn agree(browser: &mut Browser, consent: &str) -> Result<String> {
    let page = browser.get(consent)?;
    let has_allow = |form: &Form| form.buttons.iter().any(|(_, value)| value == "allow");
    let form = Form::find(&page.body, has_allow).with_context(|| format!("no consent page: {}", page.body.trim()))?;
    let address = if form.action.is_empty() {
        consent.to_owned()
    } else {
        absolute(consent, &form.action)
    };
    location(&browser.post_form(&address, &form.filled("allow"))?, "the consent page")
}

fn account_on(page: &str) -> Result<String> {
    let words = page.split(|character: char| character.is_whitespace() || "<>\"'()".contains(character));
    let account = words.into_iter().find(|word| word.ends_with("@example.com"));
    account
        .map(str::to_owned)
        .context("the setup page shows no connected account")
}

fn location(answer: &Answer, what: &str) -> Result<String> {
    let target = answer
        .header("location")
        .filter(|_| (300..400).contains(&answer.status));
    target
        .map(str::to_owned)
        .with_context(|| format!("{what} leads nowhere ({})", answer.status))
}

/// An address on the same server.
fn absolute(page: &str, address: &str) -> String {
    if address.starts_with("http://") {
        return address.to_owned();
    }
    let host: String = page.split('/').take(3).collect::<Vec<_>>().join("/");
    format!("{host}/{}", address.trim_start_matches('/'))
}
