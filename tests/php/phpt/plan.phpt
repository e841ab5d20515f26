--TEST--
plan(): what each record needs
--EXTENSIONS--
gcontacts
--FILE--
<?php
require __DIR__.'/include/records.php';
$card = array('resource_name' => 'people/c1');
$deleted = array('contact' => null) + record(5, array(), array('resource_name' => 'people/c5'));
$records = array(
	record(1, array(), null, COMPANY),
	record(2, array('private' => true)),
	record(3, array('active' => false), array('origin' => 'adopted', 'resource_name' => 'people/c3')),
	record(4, array(), $card),
	$deleted,
	record(6, array(), array('nonce' => '00ff')),
	record(7, array('birthday' => '2021-02-29')),
	record(8, array(), $card),
	record(1),
	record(9, array(), array('resource_name' => 'people/c9', 'sent' => '{"broken')),
);
$planned = GContacts\plan(SETTINGS, array(), $records);
foreach ($planned['intents'] as $intent) {
	$intent['nonce'] = preg_match('/^[0-9a-f]{16}$/', $intent['nonce']) ? 'nonce' : $intent['nonce'];
	$intent['sent'] = $intent['sent'] === '' ? '' : json_decode($intent['sent'], true)['name']['family'];
	echo implode(' | ', $intent), "\n";
}
echo 'calls ', $planned['calls'], "\n";
var_dump(get_class($planned['plan']) === 'GContacts\Plan' && (array) $planned['plan'] === array());
try {
	new GContacts\Plan();
} catch (Throwable $e) {
	echo $e->getMessage(), "\n";
}
$again = GContacts\plan(SETTINGS, array(), $records);
var_dump($again['intents'][0]['nonce'] !== $planned['intents'][0]['nonce']);
echo json_encode(GContacts\plan(SETTINGS, array(), array())['intents']), "\n";
foreach (array(array(), array('last_day' => 10), array('last_day' => 10, 'linked' => 220), array('last_day' => 10, 'allowed' => array(array('type' => 'contact', 'id' => 5)))) as $deletions) {
	$intent = GContacts\plan(SETTINGS, array(), array($deleted), $deletions)['intents'][0];
	echo $intent['action'], ' ', $intent['reason'], "\n";
}
try {
	GContacts\plan(SETTINGS, array(), array(), array('linked' => '3'));
} catch (GContacts\DataException $e) {
	echo $e->getMessage(), "\n";
}
?>
--EXPECT--
contact | 1 | create | nonce | Martin |  | 
contact | 2 | left_out |  |  | private | 
contact | 3 | release |  |  | inactive | 
contact | 4 | update |  |  |  | 
contact | 5 | delete |  |  | deleted | 
contact | 6 | wait |  |  | create_unresolved | 
contact | 7 | refused |  |  | invalid_data | contact.birthday: "2021-02-29" is no date of the form YYYY-MM-DD
contact | 8 | refused |  |  | invalid_data | link.resource_name: another record is linked to the same card
contact | 1 | refused |  |  | invalid_data | the object is among the records twice
contact | 9 | refused |  |  | invalid_data | link.sent: EOF while parsing a string at line 1 column 8
calls 9
bool(true)
You cannot instantiate this class from PHP.
bool(true)
[]
delete deleted
wait deletions_held
delete deleted
delete deleted
deletions.linked: invalid type: string "3", expected u64
