// SPDX-License-Identifier: GPL-3.0-or-later
//! Integration tests: recorded exchanges, broken networks, and the emulator.

mod answers;
mod fixture;
mod network;
mod recorded;
mod replay;
