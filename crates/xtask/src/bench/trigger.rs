// SPDX-License-Identifier: GPL-3.0-or-later
//! What a trigger adds to a save.

use anyhow::Result;

use super::figure::{Beside, Figure};
use super::{measured, number, script};
use crate::repository;
use crate::site::Site;

/// What the module adds to `Contact::create()` and `update()` at the median; beside it, one plain INSERT.
pub fn trigger(site: &Site) -> Result<Vec<Figure>> {
    let mut command = site.php();
    command
        .env("GCONTACTS_BENCH_SITE", repository::site_scripts())
        .arg(script("trigger.php"));
    let measured = measured(&mut command)?;
    let insert = number(&measured, "/insert")?;
    let figure = |name: &str, pointer| -> Result<Figure> {
        Ok(Figure {
            name: name.to_owned(),
            value: number(&measured, pointer)?,
            unit: "ms",
            aim: Some(1.0),
            beside: Beside::Floor("one plain INSERT".to_owned(), insert),
        })
    };
    Ok(vec![
        figure("trigger_on_create", "/create/added")?,
        figure("trigger_on_update", "/update/added")?,
    ])
}
