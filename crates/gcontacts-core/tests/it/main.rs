// SPDX-License-Identifier: GPL-3.0-or-later
//! The laws of cards and merges, held against many records.

mod mapping;
mod merging;
mod records;
