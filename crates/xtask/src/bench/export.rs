// SPDX-License-Identifier: GPL-3.0-or-later
//! Exports from a real Dolibarr: calls and seconds, each beside its floor.

use anyhow::Result;

use super::figure::{Beside, Figure};
use super::ground::{Calls, Ground, LATENCY};

/// Contacts that one call carries.
const BATCH: u64 = 200;

/// Cards that one page of a listing shows.
pub const PAGE: u64 = 1000;

/// How much longer than its calls an export may take.
const SLACK: f64 = 1.15;

/// Contacts of the third party that is changed.
const LARGE_COMPANY: u64 = 200;

/// Contacts and cards of the export into an account that has cards already.
const ADOPTION: (u64, u64) = (1000, 2500);

/// The fewest calls for an export of so many contacts and new labels into an account of so many cards: labels listed, cards
/// listed, labels made, batches. An account that was empty when it was connected has nothing to list.
pub fn calls_floor(contacts: u64, labels: u64, cards: u64) -> u64 {
    let listed = if cards == 0 { 0 } else { 1 + cards.div_ceil(PAGE) };
    listed + labels + contacts.div_ceil(BATCH)
}

/// An export of so many contacts into an empty account, the same again, and a changed third party.
pub fn exports(ground: &Ground<'_>, contacts: u64, show: &impl Fn(Vec<Figure>)) -> Result<()> {
    for latency in [0, LATENCY] {
        let labels = ground.contacts(contacts, 0)?;
        let (cost, calls) = ground.at_latency(latency, || ground.gcontacts(&["export"]))?;
        let name = format!("export_{contacts}");
        let floor = calls_floor(contacts, labels, 0);
        if latency == 0 {
            show(vec![calls_figure(&name, &calls, floor)]);
        }
        show(vec![seconds_figure(&name, cost.seconds, floor, latency)]);
    }
    let (cost, calls) = ground.at_latency(LATENCY, || ground.gcontacts(&["export"]))?;
    let name = format!("export_{contacts}_again");
    show(vec![
        Figure {
            name: format!("{name}_writes"),
            value: count(calls.writes),
            unit: "calls",
            aim: Some(0.0),
            beside: Beside::Floor("nothing to change".to_owned(), 0.0),
        },
        calls_figure(&name, &calls, 0),
        Figure {
            aim: None,
            ..seconds_figure(&name, cost.seconds, 0, LATENCY)
        },
    ]);
    company(ground, contacts, show)
}

/// A third party whose 200 contacts follow.
fn company(ground: &Ground<'_>, contacts: u64, show: &impl Fn(Vec<Figure>)) -> Result<()> {
    ground.prepare("export/company.php", &[])?;
    let (cost, calls) = ground.at_latency(LATENCY, || ground.gcontacts(&["drain"]))?;
    let floor = LARGE_COMPANY.div_ceil(BATCH);
    let name = format!("company_{LARGE_COMPANY}_of_{contacts}");
    show(vec![
        calls_figure(&name, &calls, floor),
        seconds_figure(&name, cost.seconds, floor, LATENCY),
    ]);
    Ok(())
}

/// An export into an account that has cards already, none of them one of ours.
pub fn adoption(ground: &Ground<'_>) -> Result<Vec<Figure>> {
    let (contacts, cards) = ADOPTION;
    let labels = ground.contacts(contacts, cards)?;
    let (cost, calls) = ground.at_latency(LATENCY, || ground.gcontacts(&["export", "--yes"]))?;
    let floor = calls_floor(contacts, labels, cards);
    let name = format!("export_{contacts}_beside_{cards}_cards");
    Ok(vec![
        calls_figure(&name, &calls, floor),
        seconds_figure(&name, cost.seconds, floor, LATENCY),
    ])
}

/// The calls that were made, beside the fewest that there could be.
pub fn calls_figure(name: &str, calls: &Calls, floor: u64) -> Figure {
    Figure {
        name: format!("{name}_calls"),
        value: count(calls.all),
        unit: "calls",
        aim: Some(count(floor)),
        beside: Beside::Floor("the fewest that Google's limits allow".to_owned(), count(floor)),
    }
}

fn seconds_figure(name: &str, seconds: f64, calls: u64, latency: u64) -> Figure {
    let floor = count(calls) * count(latency) / 1000.0;
    Figure {
        name: format!("{name}_at_{latency}_ms"),
        value: seconds,
        unit: "s",
        aim: (latency > 0).then_some(SLACK * floor),
        beside: Beside::Floor(format!("{calls} calls of {latency} ms"), floor),
    }
}

/// A count beside figures that are measured.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub fn count(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::calls_floor;

    #[test]
    fn a_floor_lists_makes_labels_and_sends_batches() {
        assert_eq!(calls_floor(1000, 4, 0), 4 + 5);
        assert_eq!(calls_floor(1000, 4, 2500), 1 + 3 + 4 + 5);
        assert_eq!(calls_floor(201, 1, 1), 1 + 1 + 1 + 2);
    }
}
