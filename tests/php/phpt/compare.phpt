--TEST--
list_changes(), read_card(), compare() and rebase(): what was changed at Google, and whose word counts
--EXTENSIONS--
gcontacts
--FILE--
<?php
require __DIR__.'/include/emulator.php';
require __DIR__.'/include/records.php';
emulator(__FILE__);
$token = control('POST', '/_token')['access_token'];
$plan = GContacts\plan(SETTINGS, array(), array(record(1)));
$sent = GContacts\send(TRANSPORT, $token, $plan['plan']);
$card = $sent['outcomes'][0];
$first = GContacts\list_changes(TRANSPORT, $token, SETTINGS, '', '');
echo count($first['cards']), ' card, full ', var_export($first['full'], true), ', cursor "', $first['cursor'], "\"\n";
$phones = array(array('value' => '01 23 45 67 80', 'type' => 'work'), array('value' => '06 11 22 33 44', 'type' => 'mobile'));
control('POST', '/_phone', array('op' => 'edit', 'name' => $card['resource_name'], 'set' => array('phoneNumbers' => $phones)));
$next = GContacts\list_changes(TRANSPORT, $token, SETTINGS, $first['sync_token'], '');
echo count($next['cards']), ' card, deleted ', var_export($next['cards'][0]['deleted'], true), ', of another ', var_export($next['cards'][0]['of_another'], true), ', etag new ', var_export($next['cards'][0]['etag'] !== $card['etag'], true), "\n";
$now = GContacts\read_card(TRANSPORT, $token, $card['resource_name'], 'FR');
// The etag of a person as a whole is another with each way of reading it.
$whole = static fn (array $state) => array('person' => array_diff_key(json_decode($state['person'], true), array('etag' => 1))) + $state;
var_dump($whole($next['listed']->state($card['resource_name'], 'FR')) === $whole($now));
$record = record(1, array(), array('person' => $now['person']) + link_of($card));
list($compared, $private, $damaged) = GContacts\compare(SETTINGS, $sent['labels'], array($record, record(2, array('private' => true)), record(3, array('fax' => 7))));
echo implode(' ', $compared['changed']), ' ', var_export($compared['to_send'], true), "\n";
foreach ($compared['rows'] as $row) {
	if ($row['differs']) {
		echo $row['key'], ': ', $row['dolibarr'], ' | ', $row['google'], ' ', $row['changed'], "\n";
	}
}
echo json_encode(array($compared['labels_missing'], $compared['labels_extra'])), "\n";
echo $private['reason'], ' ', $damaged['reason'], ' ', $damaged['message'], "\n";
$rebased = GContacts\rebase(SETTINGS, $record, array('phone_pro'));
$again = GContacts\plan(SETTINGS, $sent['labels'], array(record(1, array(), array('sent' => $rebased['sent']) + $record['link'])));
echo $again['intents'][0]['action'], "\n";
$taken = record(1, array('phone_pro' => '01 23 45 67 80'), array('sent' => GContacts\rebase(SETTINGS, record(1, array('phone_pro' => '01 23 45 67 80'), $record['link']), array('phone_pro'))['sent']) + $record['link']);
echo GContacts\plan(SETTINGS, $sent['labels'], array($taken))['intents'][0]['action'], "\n";
echo GContacts\rebase(SETTINGS, record(9), array('phone_pro'))['reason'], "\n";
echo var_export(GContacts\read_card(TRANSPORT, $token, 'people/c1', 'FR'), true), "\n";
try {
	GContacts\list_changes(TRANSPORT, $token, SETTINGS, 'garbage', '');
} catch (GContacts\Exception $e) {
	echo $e->reason, "\n";
}
?>
--EXPECT--
1 card, full true, cursor ""
1 card, deleted false, of another false, etag new true
bool(true)
phone_pro false
phone_pro: 01 23 45 67 89 | 01 23 45 67 80 phone
[[],[]]
private invalid_data contact.fax: invalid type: integer `7`, expected a string
update
none
no_card
NULL
invalid_value
