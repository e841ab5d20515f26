--TEST--
Candidates: listed, read from vCards, compared, and the reading of another account
--EXTENSIONS--
gcontacts
--FILE--
<?php
require __DIR__.'/include/emulator.php';
require __DIR__.'/include/records.php';
emulator(__FILE__);

function told(callable $call): void
{
	try {
		$call();
		echo "no exception\n";
	} catch (GContacts\Exception $e) {
		echo get_class($e), ' ', $e->reason, ' ', $e->getMessage(), "\n";
	}
}

$client = array('client_id' => 'gcontacts-demo.apps.example', 'client_secret' => 'demo-secret', 'redirect_uri' => 'http://localhost/cb');
control('POST', '/_config', array('clients' => array(array('client_id' => $client['client_id'], 'client_secret' => 'demo-secret', 'redirect_uris' => array($client['redirect_uri']), 'testing' => false))));
$person = array('names' => array(array('givenName' => 'Zoé', 'familyName' => 'Lefèvre')), 'emailAddresses' => array(array('value' => 'zoe@durand.example')), 'phoneNumbers' => array(array('value' => '06 11 22 33 44', 'type' => 'mobile')), 'organizations' => array(array('name' => 'Durand SARL')));
foreach (array('phone@example.com', 'other@example.com') as $user) {
	control('POST', '/_phone', array('op' => 'create', 'user' => $user, 'person' => $person));
}

echo "-- the connected account\n";
$token = control('POST', '/_token')['access_token'];
$listed = GContacts\list_candidates(TRANSPORT, $token, SETTINGS, 'contactGroups/myContacts', '');
echo implode(' ', array_keys($listed)), '; ', implode(' ', array_keys($listed['candidates'][0])), "\n";
echo $listed['candidates'][0]['candidate']['title'], ', ', $listed['candidates'][0]['candidate']['kind'], ', ', $listed['total'], "\n";
echo count(GContacts\list_candidates(TRANSPORT, $token, SETTINGS, 'contactGroups/starred', '')['candidates']), "\n";
told(static fn () => GContacts\list_candidates(TRANSPORT, $token, SETTINGS, '', 'no cursor'));

echo "-- vCards\n";
$file = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u1\r\nN:Lefèvre;Zoé;;;\r\nTEL;TYPE=CELL:+33 6 11 22 33 44\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nUID:u2\r\nN:Okafor;Ben;;;\r\nEND:VCARD\r\n";
$read = GContacts\read_vcards(SETTINGS, $file, 1);
echo count($read['candidates']), ' ', json_encode($read['more']), ' ', $read['candidates'][0]['name'], "\n";
echo count(GContacts\read_vcards(SETTINGS, "\xff\x00 no vCard", 10)['candidates']), "\n";
$labels = array(array('resourceName' => 'contactGroups/a', 'name' => 'Salon; 2026'));
$google = json_encode(array('resourceName' => 'people/c1', 'memberships' => array(array('contactGroupMembership' => array('contactGroupResourceName' => 'contactGroups/a')))) + $person, JSON_UNESCAPED_UNICODE);
echo str_replace("\r", '', GContacts\vcards_of_people(SETTINGS, $labels, array($google)));
told(static fn () => GContacts\vcards_of_people(SETTINGS, $labels, array('no person')));
told(static fn () => GContacts\vcards_of_people(SETTINGS, array('x'), array()));

echo "-- compared\n";
$likes = GContacts\likes_of_contacts(SETTINGS, array(array('id' => 7, 'firstname' => 'ZOE', 'lastname' => 'LEFEVRE', 'company' => '', 'emails' => array(), 'phones' => array('0033611223344'), 'country' => 'FR')));
$companies = GContacts\likes_of_companies(SETTINGS, array(array('id' => 8, 'name' => 'DURAND', 'emails' => array(), 'phones' => array(), 'url' => '', 'country' => '')));
$candidates = array(array('id' => 1) + $listed['candidates'][0]['likes'], array('id' => 2) + $read['candidates'][0]['likes']);
foreach (GContacts\resemble($candidates, array_merge($likes, $companies)) as $pair) {
	echo json_encode($pair), "\n";
}
echo json_encode(GContacts\twins($candidates)), "\n";
told(static fn () => GContacts\likes_of_contacts(SETTINGS, array(array('id' => 'x'))));

echo "-- CardDAV\n";
$server = TRANSPORT + array('private_hosts' => false, 'user' => 'zoe', 'password' => 's3cret');
told(static fn () => GContacts\carddav_books($server, 'http://cloud.example.org/'));
told(static fn () => GContacts\carddav_books($server, 'https://10.0.0.1/'));
told(static fn () => GContacts\carddav_people($server, 'ftp://x.example/', SETTINGS, 10));
told(static fn () => GContacts\carddav_books(array('private_hosts' => true) + $server, 'http://127.0.0.1:9/'));
told(static fn () => GContacts\carddav_books(array('private_hosts' => 1) + $server, 'https://cloud.example.org/'));
told(static fn () => GContacts\carddav_books(array('private_hosts' => true, 'proxy' => 'http://') + $server, 'https://cloud.example.org/'));

echo "-- another account\n";
$request = GContacts\reading_request($client);
parse_str(parse_url($request['url'], PHP_URL_QUERY), $asked);
echo $asked['scope'], ' ', $asked['access_type'], ' ', json_encode(isset($asked['include_granted_scopes'])), "\n";
list(, $headers) = ask('POST', '/o/oauth2/v2/auth?'.parse_url($request['url'], PHP_URL_QUERY), http_build_query(array('decision' => 'allow', 'account' => 'other@example.com')));
parse_str(parse_url(preg_replace('/^location: /i', '', current(preg_grep('/^location: /i', $headers))), PHP_URL_QUERY), $back);
$tokens = GContacts\exchange_reading_code($client, TRANSPORT, $back['code'], $request['verifier']);
echo json_encode($tokens['refresh_token']), ' ', GContacts\list_candidates(TRANSPORT, $tokens['access_token'], SETTINGS, '', '')['candidates'][0]['candidate']['title'], "\n";
$sent = GContacts\send(TRANSPORT, $tokens['access_token'], GContacts\plan(SETTINGS, array(), array(record(1)))['plan']);
echo $sent['stopped']['reason'] ?? $sent['outcomes'][0]['reason'], "\n";
GContacts\revoke(TRANSPORT, $tokens['access_token']);
told(static fn () => GContacts\count_cards(TRANSPORT, $tokens['access_token']));
told(static fn () => GContacts\exchange_reading_code($client, TRANSPORT, $back['code'], $request['verifier']));
?>
--EXPECT--
-- the connected account
candidates cursor seen total limiter; name source_id etag marker of_another labels candidate likes
Zoé Lefèvre, person, 1
0
GContacts\ApiException bad_answer unexpected answer with status 200: no cursor of a listing: expected ident at line 1 column 2
-- vCards
1 true u1
0
BEGIN:VCARD
VERSION:4.0
UID:people/c1
FN:Zoé Lefèvre
N:Lefèvre;Zoé;;;
CATEGORIES:Salon\; 2026
ORG:Durand SARL
TITLE:
EMAIL:zoe@durand.example
TEL;TYPE=cell:06 11 22 33 44
END:VCARD
GContacts\DataException invalid_data cards: expected ident at line 1 column 2
GContacts\DataException invalid_data labels[0]: invalid type: string "x", expected struct ContactGroup
-- compared
{"candidate":1,"element":"contact","id":7,"likeness":"phone_and_name","sure":true}
{"candidate":1,"element":"thirdparty","id":8,"likeness":"company","sure":true}
{"candidate":2,"element":"contact","id":7,"likeness":"phone_and_name","sure":true}
[{"candidate":1,"of":1},{"candidate":2,"of":1}]
GContacts\DataException invalid_data contacts[0].id: invalid type: string "x", expected u64
-- CardDAV
GContacts\ApiException carddav_https cloud.example.org
GContacts\ApiException carddav_private 10.0.0.1
GContacts\ApiException carddav_address ftp
GContacts\ApiException carddav_network Connection refused (os error 111)
GContacts\DataException invalid_data server.private_hosts: invalid type: integer `1`, expected a boolean
GContacts\ApiException carddav_network empty host
-- another account
openid email https://www.googleapis.com/auth/contacts.readonly online false
"" Zoé Lefèvre
scope_missing
GContacts\AuthException token_expired Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.
GContacts\AuthException invalid_grant Bad Request
