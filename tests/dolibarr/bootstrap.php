<?php
/* Copyright (C) 2026 The GContacts authors
 *
 * This program is free software: you can redistribute it and/or modify
 * it under the terms of the GNU General Public License as published by
 * the Free Software Foundation, either version 3 of the License, or
 * (at your option) any later version.
 *
 * This program is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
 * GNU General Public License for more details.
 *
 * You should have received a copy of the GNU General Public License
 * along with this program.  If not, see https://www.gnu.org/licenses/.
 */

/**
 * \file    tests/dolibarr/bootstrap.php
 * \ingroup gcontacts
 * \brief   Loads the Dolibarr of the site under test, and what the tests have in common
 *
 * The site tells where it is by its environment: GCONTACTS_SITE_HTDOCS, GCONTACTS_SITE_URL, GCONTACTS_EMULATOR_URL.
 * `cargo xtask test --only dolibarr` runs the tests in a site for each Dolibarr; by hand, `cargo xtask site` keeps one running, then:
 * `. DIR/site.env && phpunit -c tests/dolibarr`.
 */

require_once __DIR__.'/site/dolibarr.inc.php';
require_once __DIR__.'/GContactsForm.php';
require_once __DIR__.'/GContactsEmulator.php';
require_once __DIR__.'/GContactsProcess.php';
require_once __DIR__.'/GContactsTestCase.php';
