// SPDX-License-Identifier: GPL-3.0-or-later
//! The suites of what a user gets first: the demonstration and the package.

use std::fs;

use anyhow::Result;

use super::{Outcome, Run};
use crate::{demo, dist};

pub(super) fn demo(_run: &Run) -> Result<Outcome> {
    demo::once()?;
    Ok(Outcome {
        passed: 1,
        ..Outcome::default()
    })
}

pub(super) fn dist(run: &Run) -> Result<Outcome> {
    let (first, second) = (run.file("dist-1"), run.file("dist-2"));
    let first = fs::read(dist::package(&first)?)?;
    let second = fs::read(dist::package(&second)?)?;
    if first != second {
        return Ok(Outcome::failure("two packages of the same files differ"));
    }
    Ok(Outcome {
        passed: 1,
        ..Outcome::default()
    })
}
