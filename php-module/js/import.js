/* Copyright (C) 2026 The GContacts authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The import page: ticks all that are new, applies the row on top to the ticked ones, and goes on with an import. Without it
 * the page works all the same.
 */
document.addEventListener('DOMContentLoaded', function () {
	'use strict';
	var form = document.querySelector('.gcontacts-import-form');
	var goOn = document.querySelector('.gcontacts-go-on');
	if (goOn) {
		goOn.submit();
	}
	if (!form) {
		return;
	}
	var ticks = Array.prototype.slice.call(form.querySelectorAll('input[name="tick[]"]'));
	var all = form.querySelector('.gcontacts-tick-all');
	if (all) {
		all.addEventListener('change', function () {
			ticks.forEach(function (tick) {
				tick.checked = all.checked && tick.hasAttribute('data-new');
			});
		});
	}
	[['top_third', 'third'], ['top_rep', 'rep']].forEach(function (pair) {
		var top = form.querySelector('select[name="' + pair[0] + '"]');
		top.addEventListener('change', function () {
			ticks.forEach(function (tick) {
				var own = form.querySelector('select[name="' + pair[1] + '[' + tick.value + ']"]');
				var offered = own && own.querySelector('option[value="' + top.value + '"]');
				if (tick.checked && offered) {
					own.value = top.value;
				}
			});
			// What is shown now is what holds: somebody may choose otherwise for one row.
			if (ticks.some(function (tick) { return tick.checked; })) {
				top.value = '';
			}
		});
	});
	form.querySelectorAll('select[name^="act["]').forEach(function (act) {
		// Only a new contact gets a third party and a sales representative.
		var fade = function () {
			act.closest('tr').classList.toggle('gcontacts-linked', act.value !== 'anyway');
		};
		act.addEventListener('change', fade);
		fade();
	});
	form.addEventListener('submit', function (event) {
		var whole = event.submitter && event.submitter.name === 'all';
		// PHP takes a thousand fields: rows that are not ticked are not sent.
		ticks.forEach(function (tick) {
			if (!tick.checked || whole) {
				tick.closest('tr').querySelectorAll('input, select').forEach(function (field) {
					field.disabled = true;
				});
			}
		});
	});
});
// Back from the preview by the browser's button, the rows are there again.
window.addEventListener('pageshow', function () {
	'use strict';
	document.querySelectorAll('.gcontacts-import-form :disabled').forEach(function (field) {
		field.disabled = false;
	});
});
