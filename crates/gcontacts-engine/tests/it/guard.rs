// SPDX-License-Identifier: GPL-3.0-or-later
//! Many cards that would go at once wait for an administrator's yes.

use gcontacts_core::record::Origin;
use gcontacts_engine::{Action, Deletions, Object};

use crate::site::{Drained, Site};

/// A site of `count` cards whose first `gone` contacts were deleted.
fn site(count: u64, gone: u64) -> Site {
    let mut site = Site::with_cards(count);
    (1..=gone).for_each(|id| site.delete(id));
    site.deletions.linked = count;
    site
}

fn allowed(ids: impl IntoIterator<Item = u64>) -> Deletions {
    let object = |id| Object {
        element_type: "contact".to_owned(),
        id,
    };
    Deletions {
        allowed: ids.into_iter().map(object).collect(),
        ..Deletions::default()
    }
}

fn count(drained: &Drained, action: Action, reason: &str) -> usize {
    let is = |intent: &&gcontacts_engine::Intent| intent.action == action && intent.reason == reason;
    drained.intents.iter().filter(is).count()
}

#[test]
fn ten_cards_of_few_go_unasked_and_eleven_wait() {
    let mut site = site(12, 10);
    site.drain().is_done();
    assert_eq!(site.cards().len(), 2);
    let mut site = self::site(12, 11);
    let drained = site.drain();
    assert_eq!(count(&drained, Action::Wait, "deletions_held"), 11);
    assert_eq!((drained.sent.calls, drained.foreseen), (0, 0));
    assert_eq!(site.cards().len(), 12);
}

#[test]
fn five_percent_of_many_go_unasked_and_one_more_waits() {
    let numbers = |waiting, linked| Deletions {
        waiting,
        linked,
        ..Deletions::default()
    };
    for (numbers, held) in [
        (numbers(50, 1000), false),
        (numbers(51, 1000), true),
        (numbers(51, 1020), false),
        (numbers(10, 12), false),
        (numbers(11, 12), true),
    ] {
        let mut site = site(2, 1);
        site.deletions = numbers.clone();
        assert_eq!(site.drain().intent(1).action == Action::Wait, held, "{numbers:?}");
    }
}

#[test]
fn those_of_the_last_day_count_too() {
    let mut site = site(2, 1);
    site.deletions.last_day = 9;
    site.deletions.waiting = 1;
    site.drain().is_done();
    let mut site = self::site(2, 1);
    site.deletions.last_day = 10;
    assert_eq!(site.drain().intent(1).reason, "deletions_held");
}

#[test]
fn everything_else_goes_on_meanwhile() {
    let mut site = site(14, 11);
    site.contact(12).job_title = "Boss".to_owned();
    site.contacts.insert(15, (Some(crate::site::contact("Name15")), None));
    let drained = site.drain();
    assert_eq!(count(&drained, Action::Wait, "deletions_held"), 11);
    assert_eq!(
        (drained.intent(12).action, drained.intent(15).action),
        (Action::Update, Action::Create)
    );
    drained.is_done();
    assert_eq!(site.cards().len(), 15);
    assert_eq!(site.card("Name12")["organizations"][0]["title"], "Boss");
}

#[test]
fn a_release_counts_like_a_deletion() {
    let mut site = Site::with_cards(12);
    for id in 1..=11 {
        site.contact(id).private = true;
        site.links.get_mut(&id).unwrap().origin = Origin::Adopted;
    }
    let drained = site.drain();
    assert_eq!(count(&drained, Action::Wait, "deletions_held"), 11);
    site.contact(11).private = false;
    site.drain().is_done();
}

#[test]
fn a_yes_lets_go_what_it_names_and_nothing_else() {
    let mut site = site(24, 23);
    site.deletions = allowed(1..=12);
    let drained = site.drain();
    assert_eq!(count(&drained, Action::Delete, "deleted"), 12);
    assert_eq!(count(&drained, Action::Wait, "deletions_held"), 11);
    assert_eq!(site.cards().len(), 12);
}

#[test]
fn what_was_allowed_leaves_the_free_ones_free() {
    let mut site = site(24, 22);
    site.deletions = allowed(1..=12);
    site.drain().is_done();
    assert_eq!(site.cards().len(), 2);
}

#[test]
fn who_tells_nothing_lets_few_go() {
    let mut site = Site::with_cards(30);
    (1..=30).for_each(|id| site.delete(id));
    assert_eq!(count(&site.drain(), Action::Wait, "deletions_held"), 30);
}
