/* Copyright (C) 2026 The GContacts authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

// One box ticks all others of its table. Without JavaScript it is not shown.
document.addEventListener("DOMContentLoaded", () => {
	document.querySelectorAll(".gcontacts-tick-all").forEach((all) => {
		const boxes = all.closest("table").querySelectorAll('tbody input[type="checkbox"]');
		all.hidden = boxes.length === 0;
		all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
	});
});
