--TEST--
A wrong address in php.ini is a sentence that names the setting
--EXTENSIONS--
gcontacts
--INI--
gcontacts.people_endpoint=people.example
--FILE--
<?php
$client = array('client_id' => 'a', 'client_secret' => 'b', 'redirect_uri' => 'https://site.example/cb');
try {
	GContacts\consent_request($client, '');
} catch (GContacts\ConfigException $e) {
	echo $e->reason, ': ', $e->getMessage(), "\n";
}
?>
--EXPECT--
invalid_value: php.ini: gcontacts.people_endpoint is not valid: relative URL without a base
