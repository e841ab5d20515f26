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
 * \file    crates/xtask/src/bench/export/company.php
 * \ingroup gcontacts
 * \brief   Changes the telephone number of the third party that has 200 contacts, as its form does
 */

require getenv('GCONTACTS_BENCH_SITE').'/dolibarr.inc.php';
require_once getenv('GCONTACTS_BENCH_SITE').'/../GContactsEmulator.php';
require_once DOL_DOCUMENT_ROOT.'/societe/class/societe.class.php';

global $db, $user;

$company = new Societe($db);
if ($company->fetch(1) <= 0) {
	stop('no third party 1');
}
$company->phone = '04 99 99 99 99';
if ($company->update($company->id, $user) <= 0) {
	stop('the third party was not saved: '.$company->error);
}
$google = new GContactsEmulator();
$google->emptyLog();
print json_encode(array('company' => $company->id));
