// SPDX-License-Identifier: GPL-3.0-or-later
//! The most memory that a process of ours holds, beside PHP's own.

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::export::count;
use super::figure::{Beside, Figure};
use super::ground::{Ground, LATENCY};
use super::{script, text};

/// Bytes that a large export may take above PHP's own.
const MEGABYTES: f64 = 64.0;

/// An export of so many contacts, and the search for one lost create among as many cards.
pub fn memory(ground: &Ground<'_>, contacts: u64) -> Result<Vec<Figure>> {
    let mut bare = ground.php_alone();
    let own = ground.cost(bare.args(["-r", ""]))?.memory;
    ground.contacts(contacts, 0)?;
    let (export, calls) = ground.at_latency(0, || ground.gcontacts(&["export"]))?;
    let compared = ground.prepare("export/right.php", &[])?;
    let told = |name: &str| compared.get(name).and_then(Value::as_u64);
    if (told("cards"), told("right")) != (Some(contacts), Some(contacts)) {
        bail!("not every card says what its contact does: {compared}");
    }
    let tokens = ground.post("/_token", &json!({}))?;
    let token = text(&tokens, "/access_token")?;
    let mut search = ground.php_alone();
    search.arg(script("export/resolve.php")).arg(token);
    let (resolve, pages) = ground.at_latency(LATENCY, || ground.cost(&search))?;
    let looked_at: Value = serde_json::from_str(&resolve.output)?;
    if looked_at.get("cards").and_then(Value::as_u64) != Some(contacts) {
        bail!("{contacts} cards were made, {looked_at} were found");
    }
    let above = |name: String, memory: f64| Figure {
        name,
        value: (memory - own) / 1e6,
        unit: "MB",
        aim: Some(MEGABYTES),
        beside: Beside::Peer("PHP with the extension, doing nothing".to_owned(), own / 1e6),
    };
    Ok(vec![
        Figure {
            name: format!("export_{contacts}_at_0_ms"),
            value: export.seconds,
            unit: "s",
            aim: None,
            beside: Beside::Floor(format!("{} calls of 0 ms", calls.all), 0.0),
        },
        above(format!("export_{contacts}_memory_above_php"), export.memory),
        above(format!("resolve_{contacts}_memory_above_php"), resolve.memory),
        Figure {
            name: format!("resolve_{contacts}_at_{LATENCY}_ms"),
            value: resolve.seconds,
            unit: "s",
            aim: None,
            beside: Beside::Floor(
                format!("{} calls of {LATENCY} ms", pages.all),
                count(pages.all * LATENCY) / 1000.0,
            ),
        },
    ])
}
