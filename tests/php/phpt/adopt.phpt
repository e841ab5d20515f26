--TEST--
list_cards(), match_keys(), propose_pairs() and choose_pairs(): cards that an account had before
--EXTENSIONS--
gcontacts
--FILE--
<?php
require __DIR__.'/include/emulator.php';
require __DIR__.'/include/records.php';
emulator(__FILE__);
$token = control('POST', '/_token')['access_token'];
$person = static function (string $name, array $more): void {
	control('POST', '/_phone', array('op' => 'create', 'person' => array('names' => array(array('givenName' => 'ZOE', 'familyName' => $name))) + $more));
};
$person('martin', array('phoneNumbers' => array(array('value' => '+33 6 11 22 33 44'))));
$person('Lopez', array('userDefined' => array(array('key' => 'dolibarr-id', 'value' => '2/contact'))));
$person('Nobody', array('emailAddresses' => array(array('value' => 'someone@example.com'))));

$page = GContacts\list_cards(TRANSPORT, $token, SETTINGS, '');
echo count($page['cards']), ' cards, ', $page['calls'], ' calls, cursor "', $page['cursor'], "\"\n";
$cards = array();
foreach ($page['cards'] as $number => $card) {
	echo $card['name'], ': ', implode(' ', $card['keys']), ' ', preg_match('~^people/c\d+$~', $card['resource_name']), $card['etag'] !== '' ? 1 : 0, "\n";
	$cards[] = array('id' => $number + 100, 'name' => $card['name'], 'keys' => $card['keys']);
}
$damaged = record(4, array('lastname' => "\xff"));
$records = array(record(1), record(2, array('lastname' => 'López', 'email' => '', 'phone_mobile' => '')), record(3, array('private' => true)), $damaged);
$contacts = GContacts\match_keys(SETTINGS, $records);
foreach ($contacts as $contact) {
	echo $contact['id'], ' ', $contact['name'], ': ', implode(' ', $contact['keys']), "\n";
}
$pairs = GContacts\propose_pairs($contacts, $cards);
foreach (GContacts\choose_pairs($pairs) as $pair) {
	echo json_encode($pair), "\n";
}
$twin = array('card' => 109) + $pairs[0];
echo count(GContacts\choose_pairs(array($pairs[0], $twin))), "\n";
foreach (array('x', '{"page":1}') as $cursor) {
	try {
		GContacts\list_cards(TRANSPORT, $token, SETTINGS, $cursor);
	} catch (GContacts\ApiException $e) {
		echo $e->reason, "\n";
	}
}
?>
--EXPECT--
3 cards, 2 calls, cursor ""
martin zoe: phone:+33611223344 11
lopez zoe: dolimods:2 11
nobody zoe: mail:someone@example.com 11
1 martin zoe: marker:0a1b2c:contact:1 dolimods:1 container:martin zoe mail:zoe@example.com phone:+33123456789 phone:+33611223344
2 lopez zoe: marker:0a1b2c:contact:2 dolimods:2 container:lopez zoe phone:+33123456789
3 : marker:0a1b2c:contact:3
{"contact":2,"card":101,"likeness":"dolimods","certain":true}
{"contact":1,"card":100,"likeness":"phone","certain":false}
0
bad_answer
bad_answer