/* Copyright (C) 2026 The GContacts authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Check synchro: one box ticks all rows. Without this script each row can be ticked by itself.
 */
document.addEventListener('change', function (event) {
	'use strict';
	if (!event.target.classList.contains('gcontacts-all')) {
		return;
	}
	document.querySelectorAll('.gcontacts-one').forEach(function (box) {
		box.checked = event.target.checked;
	});
});
