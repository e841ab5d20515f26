// SPDX-License-Identifier: GPL-3.0-or-later
//! Tests that need what the crate keeps to itself.

mod fuzz;
