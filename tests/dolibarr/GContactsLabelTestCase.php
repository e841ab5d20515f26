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
/**
 * \file    tests/dolibarr/GContactsLabelTestCase.php
 * \ingroup gcontacts
 * \brief   What the tests of labels by option have in common
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
require_once DOL_DOCUMENT_ROOT.'/categories/class/categorie.class.php';
dol_include_once('/gcontacts/class/gcontactslabelnames.class.php');
dol_include_once('/gcontacts/class/reconciliation/gcontactsreconciliation.class.php');
dol_include_once('/gcontacts/class/setup/gcontactsoptions.class.php');

/**
 * Labels of what third parties are and of tags: tags are made and deleted, labels counted.
 */
abstract class GContactsLabelTestCase extends GContactsSendingTestCase
{
	/**
	 * Tags are on, and no option of labels is
	 *
	 * @return void
	 */
	protected function setUp(): void
	{
		parent::setUp();
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'categorie');
		$this->set('MAIN_MODULE_CATEGORIE', '1');
		$this->enableCategories();
		$this->set('MAIN_LANG_DEFAULT', 'fr_FR');
		$this->set('GCONTACTS_TYPE_LABELS', '0');
		$this->set('GCONTACTS_CATEGORY_LABELS', '0');
		$this->set('GCONTACTS_COMPANY_IN_NAME', '0');
		$this->set(GContactsReconciliation::POSITION, '0');
	}

	/**
	 * A contact at Google with a tag, the option being on
	 *
	 * @param  string                   $label   Name of the tag
	 * @param  Societe|null             $company Third party
	 * @return array{Contact,Categorie}
	 */
	protected function tagged(string $label, ?Societe $company = null): array
	{
		$this->set('GCONTACTS_CATEGORY_LABELS', '1');
		$tag = $this->tag($label, 'contact');
		$contact = $this->sentContact($company ? array('socid' => $company->id) : array());
		$this->assertSame(1, $tag->add_type($contact, 'contact'));
		$this->drain();
		$this->assertContains('Onelog/'.$label, $this->labels($this->card($contact)));
		return array($contact, $tag);
	}

	/**
	 * @param  string         $label  Name
	 * @param  string         $kind   contact, customer or supplier
	 * @param  Categorie|null $parent Parent
	 * @return Categorie
	 */
	protected function tag(string $label, string $kind, ?Categorie $parent = null): Categorie
	{
		$tag = new Categorie($this->db);
		$tag->label = $label;
		$tag->type = $kind;
		$tag->fk_parent = $parent ? $parent->id : 0;
		$id = $tag->create($this->user);
		if ($id === -4) {
			// Dolibarr refuses a second one of the same name, kind and parent: so does this test not make one.
			$this->fail('the tag '.$label.' exists');
		}
		$this->assertGreaterThan(0, $id, (string) $tag->error);
		$tag->fetch($id);
		return $tag;
	}

	/**
	 * Deletes a tag; some versions cannot where tables of other modules are missing
	 *
	 * @param  Categorie $tag Tag
	 * @return void
	 */
	protected function deleteTag(Categorie $tag): void
	{
		if ($tag->delete($this->user) > 0) {
			return;
		}
		$this->db->begin();
		$tag->call_trigger('CATEGORY_DELETE', $this->user);
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'categorie_contact WHERE fk_categorie = '.((int) $tag->id));
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'categorie WHERE rowid = '.((int) $tag->id));
		$this->db->commit();
	}

	/**
	 * @param  array<int,string> $expected Names, without myContacts
	 * @param  Contact           $contact  Contact
	 * @return void
	 */
	protected function assertLabels(array $expected, Contact $contact): void
	{
		$this->assertSame(array_merge($expected, array('myContacts')), $this->labels($this->card($contact)));
	}

	/**
	 * @return array<int,string> Names of the labels of the container's kind, sorted
	 */
	protected function ours(): array
	{
		$names = array_filter(array_keys($this->groups()), function (string $name): bool {
			return strpos($name, 'Onelog') === 0;
		});
		sort($names);
		return $names;
	}

	/**
	 * @return array<string,string> Resource name of each label, by its name
	 */
	protected function groups(): array
	{
		return array_column($this->google->state()['groups'], 'resourceName', 'name');
	}

	/**
	 * @return array<int,int> Contacts that a reconciliation finds
	 */
	protected function reconcile(): array
	{
		$reconciliation = new GContactsReconciliation($this->db);
		$this->assertSame(1, $reconciliation->run(60.0), $reconciliation->error);
		return array_map('intval', array_column($reconciliation->found, 'id'));
	}

	/**
	 * Saves options as the setup page does
	 *
	 * @param  array<string,string> $values Constant => value
	 * @return void
	 */
	protected function options(array $values): void
	{
		foreach ($values as $name => $value) {
			$this->assertTrue(GContactsOptions::FIELDS[$name]['cards']);
			$this->set($name, $value);
		}
		$this->assertGreaterThan(0, (new GContactsOutbox($this->db))->addAllContacts('SETTINGS'));
	}

	/**
	 * @return void
	 */
	protected function enableCategories(): void
	{
		global $conf;

		$conf->modules['category'] = 'category';
		$conf->modules['categorie'] = 'categorie';
	}
}
