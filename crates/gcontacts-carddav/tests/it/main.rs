// SPDX-License-Identifier: GPL-3.0-or-later
//! vCards of every kind, answers of every kind, and real servers.
#![expect(clippy::unwrap_used, clippy::panic, reason = "what goes wrong here fails the test")]

mod answers;
mod cards;
mod fuzz;
mod proxies;
mod scripted;
mod servers;
