--TEST--
Exceptions: file, line, trace without arguments, and their facts
--EXTENSIONS--
gcontacts
--INI--
gcontacts.people_endpoint=http://127.0.0.1:1
zend.exception_ignore_args=0
--FILE--
<?php
function inner(string $token): int
{
	return GContacts\count_cards(array('deadline_ms' => 2000), $token);
}

try {
	inner('ya29.secret');
} catch (GContacts\Exception $e) {
	echo get_class($e), ' < ', get_parent_class($e), ' < ', get_parent_class(get_parent_class($e)), "\n";
	echo basename($e->getFile()), ':', $e->getLine(), "\n";
	foreach ($e->getTrace() as $frame) {
		echo '  ', $frame['function'], ' ', $frame['line'], ' ', isset($frame['args']) ? 'with arguments' : 'without arguments', "\n";
	}
	var_dump(strpos((string) $e, 'ya29'), $e->reason, $e->httpStatus, $e->retryAfter, $e->getCode(), $e->getPrevious());
	echo $e->getMessage(), "\n";
}

// The setting of the trace is as it was.
function shown(string $text): string
{
	return (new RuntimeException())->getTrace()[0]['args'][0];
}
echo shown('still shown'), "\n";

$classes = array('Config', 'Data', 'Auth', 'Quota', 'Api', 'Transport', 'Deadline');
foreach ($classes as $class) {
	$class = 'GContacts\\'.$class.'Exception';
	$made = new $class('made by hand', 7);
	echo $class, ' ', $made->getMessage(), ' ', $made->getCode(), ' ', $made->getLine(), ' ', var_export($made->reason, true), "\n";
}
try {
	GContacts\count_cards(array('deadline_ms' => 0), 'x');
} catch (GContacts\DeadlineException $e) {
	echo $e->reason, ': ', $e->getMessage(), "\n";
}
?>
--EXPECT--
GContacts\TransportException < GContacts\Exception < RuntimeException
exceptions.php:4
  GContacts\count_cards 4 without arguments
  inner 8 without arguments
bool(false)
string(15) "network_refused"
int(0)
NULL
int(0)
NULL
network_refused: Connection refused (os error 111)
still shown
GContacts\ConfigException made by hand 7 29 ''
GContacts\DataException made by hand 7 29 ''
GContacts\AuthException made by hand 7 29 ''
GContacts\QuotaException made by hand 7 29 ''
GContacts\ApiException made by hand 7 29 ''
GContacts\TransportException made by hand 7 29 ''
GContacts\DeadlineException made by hand 7 29 ''
deadline: the deadline passed before the request was sent
