// SPDX-License-Identifier: GPL-3.0-or-later
//! Answers that no server that we know gives, played by an address book of our own.
