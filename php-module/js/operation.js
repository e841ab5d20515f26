/* Copyright (C) 2026 The GContacts authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

// Goes on with the operation that the page shows, a few seconds at a time, and keeps its numbers fresh. Where the browser is closed, the
// scheduled job or another page goes on.
document.addEventListener('DOMContentLoaded', function () {
	'use strict';
	// Milliseconds until the next request: while it goes on, while another process is at it, while it waits, after a failure
	var PAUSES = { goes: 50, busy: 1500, waits: 10000, failed: 5000 };
	var part = document.getElementById('run');
	if (!part || part.dataset.underWay !== '1') {
		return;
	}
	var title = document.title;

	function write(name, text) {
		var place = part.querySelector('[data-tells="' + name + '"]');
		// Only what changed: a screen reader reads it anew otherwise
		if (place && place.textContent !== text) {
			place.textContent = text;
		}
	}

	function move(percent) {
		var bar = part.querySelector('[role="progressbar"]');
		bar.classList.toggle('gcontacts-unknown', percent === null);
		bar.firstElementChild.style.width = (percent === null ? 100 : percent) + '%';
		if (percent === null) {
			bar.removeAttribute('aria-valuenow');
		} else {
			bar.setAttribute('aria-valuenow', percent);
		}
		document.title = (percent === null ? '' : percent + '\u00a0% \u2013 ') + title;
	}

	function show(told) {
		['stateText', 'sentence', 'counts', 'speed'].forEach(function (name) {
			write(name, told[name]);
		});
		move(told.percent);
		if (!told.under_way) {
			// What follows (a summary, other buttons) the page knows
			window.location.replace(window.location.pathname);
			return;
		}
		window.setTimeout(ask, told.busy ? PAUSES.busy : (told.state === 'waiting' ? PAUSES.waits : PAUSES.goes));
	}

	function ask() {
		fetch(part.dataset.url, {
			method: 'POST',
			credentials: 'same-origin',
			body: new URLSearchParams({ token: part.dataset.token, run: part.dataset.run })
		}).then(function (answer) {
			if (!answer.ok) {
				throw new Error(answer.status);
			}
			return answer.json();
		}).then(show).catch(function () {
			// Dolibarr is away, or somebody logged out: the operation stands in the database
			write('sentence', part.dataset.offline);
			window.setTimeout(ask, PAUSES.failed);
		});
	}

	ask();
});
