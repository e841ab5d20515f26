--TEST--
Consent, code, refresh, whose account, revocation
--EXTENSIONS--
gcontacts
--FILE--
<?php
require __DIR__.'/include/emulator.php';
emulator(__FILE__);
$client = array('client_id' => 'gcontacts-demo.apps.example', 'client_secret' => 'demo-secret', 'redirect_uri' => 'http://localhost/cb');
control('POST', '/_config', array('clients' => array(
	array('client_id' => $client['client_id'], 'client_secret' => 'demo-secret', 'redirect_uris' => array($client['redirect_uri']), 'testing' => false),
)));

/** What a person does on the consent page; returns what the browser is sent back with. */
function decide(string $url, string $decision, string $account = 'phone@example.com'): array
{
	$query = parse_url($url, PHP_URL_QUERY);
	list(, $headers) = ask('POST', '/o/oauth2/v2/auth?'.$query, http_build_query(array('decision' => $decision, 'account' => $account)));
	$location = preg_replace('/^location: /i', '', current(preg_grep('/^location: /i', $headers)));
	parse_str(parse_url($location, PHP_URL_QUERY), $back);
	return $back;
}

function told(callable $call): void
{
	try {
		$call();
		echo "no exception\n";
	} catch (GContacts\Exception $e) {
		echo get_class($e), ' ', $e->reason, ' ', $e->httpStatus, "\n";
	}
}

$consent = GContacts\consent_request($client, 'phone@example.com');
parse_str(parse_url($consent['url'], PHP_URL_QUERY), $asked);
ksort($asked);
unset($asked['state'], $asked['code_challenge']);
foreach ($asked as $name => $value) {
	echo "$name: $value\n";
}
$back = decide($consent['url'], 'allow');
var_dump($back['state'] === $consent['state']);
told(static fn () => GContacts\exchange_code($client, TRANSPORT, $back['code'], str_repeat('x', 43)));

$consent = GContacts\consent_request($client, '');
$back = decide($consent['url'], 'allow');
$tokens = GContacts\exchange_code($client, TRANSPORT, $back['code'], $consent['verifier']);
echo implode(' ', array_keys($tokens)), "\n";
var_dump($tokens['expires_in'] > 3000, $tokens['refresh_token'] !== '', in_array('https://www.googleapis.com/auth/contacts', $tokens['scopes'], true));
echo json_encode(GContacts\userinfo(TRANSPORT, $tokens['access_token'])), "\n";
echo GContacts\count_cards(TRANSPORT, $tokens['access_token']), "\n";

$renewed = GContacts\refresh_access($client, TRANSPORT, $tokens['refresh_token']);
var_dump($renewed['access_token'] !== $tokens['access_token'], $renewed['refresh_token']);

told(static fn () => GContacts\refresh_access(array('client_secret' => 'wrong') + $client, TRANSPORT, $tokens['refresh_token']));
told(static fn () => GContacts\exchange_code($client, TRANSPORT, '4/0Aused', $consent['verifier']));
echo 'denied: ', decide(GContacts\consent_request($client, '')['url'], 'deny')['error'], "\n";

control('POST', '/_config', array('withhold_scopes' => array('https://www.googleapis.com/auth/contacts')));
$consent = GContacts\consent_request($client, '');
$back = decide($consent['url'], 'allow', 'other@example.com');
told(static fn () => GContacts\exchange_code($client, TRANSPORT, $back['code'], $consent['verifier']));

var_dump(GContacts\revoke(TRANSPORT, $tokens['refresh_token']), GContacts\revoke(TRANSPORT, $tokens['refresh_token']));
told(static fn () => GContacts\refresh_access($client, TRANSPORT, $tokens['refresh_token']));
told(static fn () => GContacts\count_cards(TRANSPORT, $renewed['access_token']));
control('POST', '/_config', array('api_enabled' => false));
told(static fn () => GContacts\count_cards(TRANSPORT, control('POST', '/_token')['access_token']));
?>
--EXPECT--
access_type: offline
client_id: gcontacts-demo.apps.example
code_challenge_method: S256
include_granted_scopes: true
login_hint: phone@example.com
prompt: consent
redirect_uri: http://localhost/cb
response_type: code
scope: openid email https://www.googleapis.com/auth/contacts
bool(true)
GContacts\AuthException invalid_grant 400
access_token expires_in refresh_token scopes
bool(true)
bool(true)
bool(true)
{"sub":"100000000000000000001","email":"phone@example.com"}
0
bool(true)
string(0) ""
GContacts\ConfigException invalid_client 401
GContacts\AuthException invalid_grant 400
denied: access_denied
GContacts\AuthException scope_missing 0
NULL
NULL
GContacts\AuthException invalid_grant 400
GContacts\AuthException token_expired 401
GContacts\ConfigException api_disabled 403
