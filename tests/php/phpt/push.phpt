--TEST--
plan(), send() and resolve() against a running People API
--EXTENSIONS--
gcontacts
--FILE--
<?php
require __DIR__.'/include/emulator.php';
require __DIR__.'/include/records.php';
emulator(__FILE__);
$token = control('POST', '/_token')['access_token'];
echo 'cards: ', GContacts\count_cards(TRANSPORT, $token), "\n";

echo "-- create\n";
$planned = GContacts\plan(SETTINGS, array(), array(record(1, array(), null, COMPANY), record(2, array('lastname' => 'Ngô 😀'))));
$sent = GContacts\send(TRANSPORT, $token, $planned['plan']);
$links = array();
foreach ($sent['outcomes'] as $row) {
	$links[$row['id']] = link_of($row);
	$ascii = array_filter(array($row['person'], $row['sent']), static fn ($json) => preg_match('/^[ -~]+$/', $json));
	echo $row['id'], ' ', $row['action'], ' ', $row['result'], ' ', preg_match('~^people/c\d+$~', $row['resource_name']), ' ';
	echo count($ascii), ' ', count($row['labels']), ' ', $row['etag'] !== '' && $row['source_id'] !== '' ? 'known' : '?', "\n";
}
var_dump($sent['calls'] === $planned['calls'], $sent['stopped'], array_column($sent['labels'], 'name'));
$cards = cards();
echo implode(', ', array_keys($cards)), "\n";
foreach ($cards['Martin']['phoneNumbers'] as $phone) {
	echo '  ', $phone['type'], ': ', $phone['value'], "\n";
}
$labels = $sent['labels'];

echo "-- nothing\n";
$planned = GContacts\plan(SETTINGS, $labels, array(record(1, array(), $links[1], COMPANY)));
echo $planned['intents'][0]['action'], ' ', $planned['calls'], "\n";

echo "-- update\n";
$planned = GContacts\plan(SETTINGS, $labels, array(record(1, array('phone_mobile' => ''), $links[1], COMPANY)));
$sent = GContacts\send(TRANSPORT, $token, $planned['plan']);
echo $sent['outcomes'][0]['result'], ' in ', $sent['calls'], ' call, ', $sent['writes'], " write\n";
echo implode(', ', array_column(cards()['Martin']['phoneNumbers'], 'value')), "\n";
$links[1] = link_of($sent['outcomes'][0]);

echo "-- delete\n";
$planned = GContacts\plan(SETTINGS, $labels, array(record(1, array('private' => true), $links[1], COMPANY)));
$sent = GContacts\send(TRANSPORT, $token, $planned['plan']);
echo $sent['outcomes'][0]['result'], ' ', json_decode($sent['outcomes'][0]['before'], true)['names'][0]['familyName'], "\n";
echo 'cards: ', GContacts\count_cards(TRANSPORT, $token), "\n";

echo "-- a lost answer\n";
control('POST', '/_faults', array('match' => 'people.createContact', 'action' => 'drop_after'));
$planned = GContacts\plan(SETTINGS, $labels, array(record(3, array('lastname' => 'Lost'))));
$nonce = $planned['intents'][0]['nonce'];
$sent = GContacts\send(TRANSPORT, $token, $planned['plan']);
echo $sent['outcomes'][0]['result'], ' ', $sent['outcomes'][0]['reason'], ' ', $sent['outcomes'][0]['nonce'] === $nonce ? 'same nonce' : '?', "\n";
$resolved = GContacts\resolve(TRANSPORT, $token, array($nonce, 'ffff'));
var_dump($resolved['complete'], count($resolved['found']), $resolved['found'][0]['resource_name'] === cards()['Lost']['resourceName']);

echo "-- an expired token\n";
control('POST', '/_faults', array('match' => '*', 'action' => 'token_expired'));
$sent = GContacts\send(TRANSPORT, $token, GContacts\plan(SETTINGS, $labels, array(record(4)))['plan']);
echo $sent['outcomes'][0]['result'], ' ', $sent['stopped']['reason'], "\n";
try {
	GContacts\count_cards(TRANSPORT, 'nonsense');
} catch (GContacts\AuthException $e) {
	echo get_class($e), ' ', $e->reason, ' ', $e->httpStatus, "\n";
}
?>
--EXPECT--
cards: 0
-- create
1 create done 1 2 3 known
2 create done 1 2 2 known
bool(true)
NULL
array(2) {
  [0]=>
  string(6) "Onelog"
  [1]=>
  string(10) "Onelog/bob"
}
Martin, Ngô 😀
  work: 01 23 45 67 89
  mobile: 06 11 22 33 44
  Dupont & Fils: 01 98 76 54 32
-- nothing
none 0
-- update
done in 1 call, 1 write
01 23 45 67 89, 01 98 76 54 32
-- delete
done Martin
cards: 1
-- a lost answer
unknown network same nonce
bool(true)
int(1)
bool(true)
-- an expired token
later token_expired
GContacts\AuthException token_expired 401
