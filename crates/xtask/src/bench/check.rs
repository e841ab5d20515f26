// SPDX-License-Identifier: GPL-3.0-or-later
//! A full check of contacts that agree with Google: calls and seconds.

use anyhow::{Result, bail};

use super::export::{PAGE, calls_figure, count};
use super::figure::{Beside, Figure};
use super::ground::{Ground, LATENCY};

/// How much longer than its calls a check may take, and by how many seconds beside.
const SLACK: (f64, f64) = (1.1, 2.0);

/// Checks the contacts that the last export has sent, so many of them.
pub fn check(ground: &Ground<'_>, contacts: u64) -> Result<Vec<Figure>> {
    let (cost, calls) = ground.at_latency(LATENCY, || ground.check())?;
    if calls.writes > 0 {
        bail!("a check of what agrees wrote {} times", calls.writes);
    }
    // The pages of the listing, and the labels.
    let floor = contacts.div_ceil(PAGE) + 1;
    let waiting = count(floor * LATENCY) / 1000.0;
    let name = format!("full_check_{contacts}");
    Ok(vec![
        calls_figure(&name, &calls, floor),
        Figure {
            name: format!("{name}_at_{LATENCY}_ms"),
            value: cost.seconds,
            unit: "s",
            aim: Some(SLACK.0 * waiting + SLACK.1),
            beside: Beside::Floor(format!("{floor} calls of {LATENCY} ms"), waiting),
        },
    ])
}
