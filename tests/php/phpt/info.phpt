--TEST--
extension_info() and the settings of php.ini, which a script cannot change
--EXTENSIONS--
gcontacts
--INI--
gcontacts.oauth_endpoint=http://127.0.0.1:18301
--FILE--
<?php
$info = GContacts\extension_info();
echo json_encode($info, JSON_UNESCAPED_SLASHES), "\n";
var_dump($info['version'] === phpversion('gcontacts'));
foreach (array('gcontacts.people_endpoint', 'gcontacts.oauth_endpoint') as $setting) {
	var_dump(@ini_set($setting, 'http://evil.example'));
}
var_dump(GContacts\extension_info() === $info);
?>
--EXPECTF--
{"version":"%d.%d.%d","door":1,"people_endpoint":"https://people.googleapis.com","oauth_endpoint":"http://127.0.0.1:18301"}
bool(true)
bool(false)
bool(false)
bool(true)
