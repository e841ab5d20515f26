// SPDX-License-Identifier: GPL-3.0-or-later
//! The engine against a strict emulator of Google, and the layers of the workspace.

mod batches;
mod cards;
mod deletions;
mod failures;
mod labels;
mod layers;
mod played;
mod site;
