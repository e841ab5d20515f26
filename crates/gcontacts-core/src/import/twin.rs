// SPDX-License-Identifier: GPL-3.0-or-later
//! Candidates that are the same among themselves.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::import::resemblance::likeness;
use crate::import::{Likeness, Likes};

/// A key that more candidates share is a switchboard's, and tells nothing of a person.
const SHARED_BY_A_CROWD: usize = 50;

/// A candidate and the first of those that it is the same as.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Twin {
    /// Id of the candidate.
    pub candidate: u64,
    /// Lowest id among its twins, its own included.
    pub of: u64,
}

/// Finds the candidates that have a twin: the same person by what is sure, or by an e-mail or phone that two names do
/// not contradict.
#[must_use]
pub fn twins(candidates: &[Likes]) -> Vec<Twin> {
    let mut by_key = HashMap::<&str, Vec<usize>>::new();
    for (index, candidate) in candidates.iter().enumerate() {
        // A company and its domain are shared by colleagues.
        let own = |key: &&String| !key.starts_with("org:") && !key.starts_with("domain:");
        for key in candidate.keys.iter().filter(own) {
            by_key.entry(key).or_default().push(index);
        }
    }
    let mut parents: Vec<usize> = (0..candidates.len()).collect();
    for indices in by_key.values().filter(|indices| indices.len() <= SHARED_BY_A_CROWD) {
        for (place, &one) in indices.iter().enumerate() {
            for &other in indices.iter().skip(place + 1) {
                let (Some(a), Some(b)) = (candidates.get(one), candidates.get(other)) else {
                    continue;
                };
                if likeness(a, b).is_some_and(|likeness| likeness <= Likeness::Phone) {
                    let (one, other) = (root(&parents, one), root(&parents, other));
                    if let Some(parent) = parents.get_mut(one.max(other)) {
                        *parent = one.min(other);
                    }
                }
            }
        }
    }
    let mut groups = BTreeMap::<usize, Vec<u64>>::new();
    for (index, candidate) in candidates.iter().enumerate() {
        groups.entry(root(&parents, index)).or_default().push(candidate.id);
    }
    let groups = groups.into_values().filter(|group| group.len() > 1);
    let mut twins: Vec<Twin> = groups
        .flat_map(|group| {
            let of = group.iter().copied().min().unwrap_or_default();
            group.into_iter().map(move |candidate| Twin { candidate, of })
        })
        .collect();
    twins.sort_unstable();
    twins
}

fn root(parents: &[usize], mut index: usize) -> usize {
    while let Some(&parent) = parents.get(index).filter(|&&parent| parent != index) {
        index = parent;
    }
    index
}
