/* Copyright (C) 2026 The GContacts authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

// Asks Dolibarr, once its page is shown, to send what waits. Nobody waits for the answer: what it does not get done, the next page or
// the scheduled job does.
(function (script) {
	'use strict';
	window.addEventListener('load', function () {
		fetch(script.dataset.url, {
			method: 'POST',
			credentials: 'same-origin',
			body: new URLSearchParams({ token: script.dataset.token })
		}).catch(function () {
			// The user went to another page, or the network is away
		});
	});
})(document.currentScript);
