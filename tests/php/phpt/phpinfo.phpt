--TEST--
The section of phpinfo()
--EXTENSIONS--
gcontacts
--FILE--
<?php
ob_start();
phpinfo(INFO_MODULES);
$info = ob_get_clean();
preg_match('/^gcontacts\n.*?(?=^\w+\n\n|\z)/ms', $info, $section);
echo trim(preg_replace('/\n+/', "\n", $section[0])), "\n";
?>
--EXPECTF--
gcontacts
GContacts => enabled
Version => %d.%d.%d
Door => 1
Directive => Local Value => Master Value
gcontacts.oauth_endpoint => no value => no value
gcontacts.people_endpoint => https://people.googleapis.com => https://people.googleapis.com
