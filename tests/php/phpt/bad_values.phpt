--TEST--
Values of the wrong type or encoding are refused with the way to them
--EXTENSIONS--
gcontacts
--FILE--
<?php
require __DIR__.'/include/records.php';

function told(callable $call): void
{
	try {
		$call();
		echo "accepted\n";
	} catch (GContacts\DataException $e) {
		echo $e->reason, ': ', $e->getMessage(), "\n";
	} catch (TypeError $e) {
		echo 'TypeError: ', $e->getMessage(), "\n";
	}
}

$plan = static fn (array ...$records) => static fn () => GContacts\plan(SETTINGS, array(), $records);
$refused = static function (array $record): void {
	$intent = GContacts\plan(SETTINGS, array(), array(record(1), $record))['intents'][1];
	echo $intent['id'], ' ', $intent['action'], ' ', $intent['reason'], ': ', $intent['message'], "\n";
};

echo "-- the record alone\n";
$refused(record(2, array('lastname' => "M\xff")));
$refused(record(3, array('phone_pro' => 123)));
$refused(record(4, array('address' => array('street' => "\xc3") + NO_ADDRESS)));
$refused(record(5, array('social_networks' => array(array('network' => 'skype', 'name' => 'Skype', 'handle' => 12, 'url' => '')))));
$refused(record(6, array('unknown' => 1)));
$refused(record(7, array("la\xffst" => 1)));
$refused(record(8, array('private' => 0)));
$refused(record(9, array(), array('origin' => 'stolen')));
$refused(record(10, array(), null, array('id' => '7') + COMPANY));
$refused(record(11, array('lastname' => new stdClass())));

echo "-- the call\n";
told($plan(record(1), array('id' => '12') + record(2)));
told($plan(array('id' => -1) + record(2)));
told($plan(array('type' => "con\xfftact") + record(2)));
told(static fn () => GContacts\plan(SETTINGS, array(), array('x')));
told(static fn () => GContacts\plan(array('notes' => 1) + SETTINGS, array(), array()));
told(static fn () => GContacts\plan(array('instance' => 'a:b') + SETTINGS, array(), array()));
told(static fn () => GContacts\plan(SETTINGS, array(array('source' => 'container')), array()));
told(static fn () => GContacts\plan(SETTINGS, array('a' => 1), array()));
told(static fn () => GContacts\count_cards(array('deadline_ms' => '10'), 'token'));
told(static fn () => GContacts\count_cards(array('deadline_ms' => 10), "to\xffken"));
told(static fn () => GContacts\resolve(array('deadline_ms' => 10), 'token', array('a', 7)));
told(static fn () => GContacts\plan('x', array(), array()));
?>
--EXPECT--
-- the record alone
2 refused invalid_data: contact.lastname: not valid UTF-8 at byte 1
3 refused invalid_data: contact.phone_pro: invalid type: integer `123`, expected a string
4 refused invalid_data: contact.address.street: not valid UTF-8 at byte 0
5 refused invalid_data: contact.social_networks[0].handle: invalid type: integer `12`, expected a string
6 refused invalid_data: contact: unknown field `unknown`, expected one of `civility`, `firstname`, `lastname`, `job_title`, `email`, `phone_pro`, `phone_perso`, `phone_mobile`, `fax`, `address`, `birthday`, `url`, `social_networks`, `note_public`, `private`, `active`, `own_entity`, `synchronise`, `page_url`, `categories`
7 refused invalid_data: contact.(a key): not valid UTF-8 at byte 2
8 refused invalid_data: contact.private: invalid type: integer `0`, expected a boolean
9 refused invalid_data: link.origin: unknown variant `stolen`, expected one of `created`, `adopted`, `imported`
10 refused invalid_data: company.id: invalid type: string "7", expected u64
11 refused invalid_data: contact.lastname: invalid type: object or resource, expected a string
-- the call
invalid_data: records[1].id: invalid type: string "12", expected u64
invalid_data: records[0].id: invalid value: integer `-1`, expected u64
invalid_data: records[0].type: not valid UTF-8 at byte 3
invalid_data: records[0]: invalid type: string "x", expected a record
invalid_data: settings.notes: invalid type: integer `1`, expected a boolean
invalid_data: settings.instance: bad instance in a marker: "a:b"
invalid_data: labels[0]: missing field `source_id`
invalid_data: labels: invalid type: map, expected a list
invalid_data: transport.deadline_ms: invalid type: string "10", expected u64
invalid_data: access_token: not valid UTF-8 at byte 2
invalid_data: nonces[1]: invalid type: integer `7`, expected a string
TypeError: Invalid value given for argument `settings`.
