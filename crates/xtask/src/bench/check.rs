// SPDX-License-Identifier: GPL-3.0-or-later
//! A full check of contacts that agree with Google: calls and seconds.

use anyhow::{Result, bail};

use super::export::{PAGE, calls_figure, count};
use super::figure::{Beside, Figure};
use super::ground::{Ground, LATENCY};

/// Milliseconds that a page of a thousand contacts takes: as long as any other call, and longer.
const PAGES: [u64; 2] = [LATENCY, 250];

/// How much longer than its calls a check may take, and by how many seconds beside.
const SLACK: (f64, f64) = (1.1, 2.0);

/// Checks the contacts that the last export has sent, so many of them.
pub fn check(ground: &Ground<'_>, contacts: u64, show: &impl Fn(Vec<Figure>)) -> Result<()> {
    // The pages of the listing, and the labels.
    let floor = contacts.div_ceil(PAGE) + 1;
    let name = format!("full_check_{contacts}");
    for latency in PAGES {
        let (cost, calls) = ground.at_latency(latency, || ground.check())?;
        if calls.writes > 0 {
            bail!("a check of what agrees wrote {} times", calls.writes);
        }
        if latency == LATENCY {
            show(vec![calls_figure(&name, &calls, floor)]);
        }
        let waiting = count(floor * latency) / 1000.0;
        show(vec![Figure {
            name: format!("{name}_at_{latency}_ms"),
            value: cost.seconds,
            unit: "s",
            aim: Some(SLACK.0 * waiting + SLACK.1),
            beside: Beside::Floor(format!("{floor} calls of {latency} ms"), waiting),
        }]);
    }
    Ok(())
}
