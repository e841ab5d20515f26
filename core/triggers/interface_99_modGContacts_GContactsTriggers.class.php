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
 * along with this program.  If not, see <https://www.gnu.org/licenses/>.
 */

/**
 * \file    core/triggers/interface_99_modGContacts_GContactsTriggers.class.php
 * \ingroup gcontacts
 * \brief   Notes in the outbox which Dolibarr objects may have changed
 */

require_once DOL_DOCUMENT_ROOT.'/core/triggers/dolibarrtriggers.class.php';

/**
 * Triggers of GContacts: one plain INSERT in the transaction of the save.
 *
 * A save must never fail or wait because of Google. So nothing here touches the network, nothing throws, and
 * the answer is always 0.
 */
class InterfaceGContactsTriggers extends DolibarrTriggers
{
	/**
	 * The events that matter: element type of the outbox row, and seconds before it is looked at.
	 * COMPANY_MODIFY is also the last word of a merge. COMPANY_UNLINK_SALE_REPRESENTATIVE fires before the
	 * deletion that it tells of, outside a transaction. A user's login is the name of a label,
	 * and so is a category's.
	 */
	const EVENTS = array(
		'CONTACT_CREATE' => array('contact', 0),
		'CONTACT_MODIFY' => array('contact', 0),
		'CONTACT_DELETE' => array('contact', 0),
		'CONTACT_ENABLEDISABLE' => array('contact', 0),
		'COMPANY_MODIFY' => array('company', 0),
		'COMPANY_DELETE' => array('company', 0),
		'COMPANY_LINK_SALE_REPRESENTATIVE' => array('company', 0),
		'COMPANY_UNLINK_SALE_REPRESENTATIVE' => array('company', 10),
		'USER_MODIFY' => array('user', 0),
		'USER_DELETE' => array('user', 0),
		'CATEGORY_MODIFY' => array('category', 0),
		'CATEGORY_DELETE' => array('category', 0),
		'CATEGORY_LINK' => array('category', 0),
		'CATEGORY_UNLINK' => array('category', 0),
	);

	/** Element types of outbox rows, by Dolibarr's name of the element that carries a category. */
	const CARRIERS = array('contact' => 'contact', 'societe' => 'company');

	/**
	 * Constructor
	 *
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		parent::__construct($db);
		$this->name = 'GContactsTriggers';
		$this->family = 'interface';
		$this->description = 'Notes the contacts that have to be sent to Google.';
		$this->version = '2.0.0';
		$this->picto = 'address';
	}

	/**
	 * Called by Dolibarr on each business event.
	 *
	 * @param  string       $action Event code
	 * @param  CommonObject $object Object of the event
	 * @param  User         $user   User who caused it
	 * @param  Translate    $langs  Translations
	 * @param  Conf         $conf   Configuration
	 * @return int                  Always 0
	 */
	public function runTrigger($action, $object, User $user, Translate $langs, Conf $conf)
	{
		if (!isset(self::EVENTS[$action]) || !isModEnabled('gcontacts')) {
			return 0;
		}
		try {
			list($type, $delay) = self::EVENTS[$action];
			dol_include_once('/gcontacts/class/gcontactsownwrite.class.php');
			if (GContactsOwnWrite::is($type, (int) $object->id)) {
				return 0;
			}
			if ($type === 'category') {
				$this->noteCategory($object, $action);
			} else {
				$this->note($type, $object, $action, $delay);
			}
			dol_include_once('/gcontacts/class/push/gcontactsafterresponse.class.php');
			GContactsAfterResponse::register();
		} catch (Throwable $e) {
			dol_syslog('GContacts: event '.$action.' of object '.((int) ($object->id ?? 0)).' was not noted: '.$e->getMessage(), LOG_ERR);
		}
		return 0;
	}

	/**
	 * Notes a category, and who came to it or left it. From version 21 on a link is a change of the category, told by its
	 * context, which can be that of an earlier change: so both are noted.
	 *
	 * @param  object $category Category
	 * @param  string $action   Event code
	 * @return void
	 */
	private function noteCategory(object $category, string $action): void
	{
		if (getDolGlobalInt('GCONTACTS_CATEGORY_LABELS') <= 0) {
			return;
		}
		foreach (array('linkto', 'unlinkoff') as $place) {
			$carrier = $category->context[$place] ?? null;
			$type = is_object($carrier) ? self::CARRIERS[(string) ($carrier->element ?? '')] ?? '' : '';
			if ($type !== '') {
				$this->note($type, $carrier, $action, 0);
			}
		}
		if ($action === 'CATEGORY_MODIFY' || $action === 'CATEGORY_DELETE') {
			$this->note('category', $category, $action, 0);
		}
	}

	/**
	 * Writes the outbox row of an object, in the entity that the object belongs to.
	 *
	 * @param  string $type   Element type
	 * @param  object $object The object
	 * @param  string $action Event code
	 * @param  int    $delay  Seconds before it is looked at
	 * @return void
	 */
	private function note(string $type, object $object, string $action, int $delay): void
	{
		global $conf;
		dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
		// A user of entity 0 belongs to all of them, so the present one notes the change.
		$entity = (int) ($object->entity ?? 0) > 0 && $type !== 'user' ? (int) $object->entity : (int) $conf->entity;
		$outbox = new GContactsOutbox($this->db, $entity);
		$outbox->add($type, (int) $object->id, $action, $delay);
	}
}
