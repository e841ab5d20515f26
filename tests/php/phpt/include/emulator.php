<?php
/* Copyright (C) 2026 The GContacts authors, GPL-3.0-or-later */

/**
 * The address of the emulator. The address is a setting of php.ini, and the emulator takes any free port: so the test
 * starts the emulator and then itself again, in a PHP that knows the address.
 */
function emulator(string $test): string
{
	$address = (string) getenv('GCONTACTS_EMULATOR');
	if ($address !== '') {
		return $address;
	}
	$program = getenv('GCONTACTS_EMULATOR_PROGRAM') ?: dirname(__DIR__, 4).'/target/debug/people-emulator';
	if (!is_executable($program)) {
		echo "no emulator at $program: cargo build -p people-emulator\n";
		exit(1);
	}
	$emulator = proc_open(array($program, '--port', '0'), array(1 => array('pipe', 'w')), $pipes);
	$line = (string) fgets($pipes[1]);
	preg_match('~http://127\.0\.0\.1:\d+~', $line, $found);
	$settings = '-d gcontacts.people_endpoint='.$found[0].' -d gcontacts.oauth_endpoint='.$found[0];
	// run-tests.php tells how it called this PHP.
	$php = escapeshellarg(PHP_BINARY).' '.getenv('TEST_PHP_EXTRA_ARGS').' '.$settings.' '.escapeshellarg($test);
	$environment = array('GCONTACTS_EMULATOR' => $found[0]) + getenv();
	$again = proc_open($php, array(1 => STDOUT, 2 => STDERR), $none, null, $environment);
	$status = proc_close($again);
	proc_terminate($emulator);
	proc_close($emulator);
	exit($status);
}

/** Asks the emulator over HTTP; an array is sent as JSON, a string as a form. Returns body and headers. */
function ask(string $verb, string $path, $body = ''): array
{
	$type = is_array($body) ? 'application/json' : 'application/x-www-form-urlencoded';
	$options = array(
		'method' => $verb, 'content' => is_array($body) ? json_encode($body) : $body, 'header' => "Content-Type: $type",
		'follow_location' => 0, 'ignore_errors' => true, 'timeout' => 60,
	);
	$context = stream_context_create(array('http' => $options));
	$answer = file_get_contents(getenv('GCONTACTS_EMULATOR').$path, false, $context);
	return array($answer, $http_response_header);
}

/** Runs a control of the emulator. */
function control(string $verb, string $path, array $body = array()): array
{
	list($answer, $headers) = ask($verb, $path, $body);
	if (strpos($headers[0], '200') === false) {
		echo "$verb $path: $headers[0] $answer\n";
		exit(1);
	}
	return json_decode($answer, true);
}

/** The cards at Google, by last name. */
function cards(): array
{
	$cards = array();
	foreach (control('GET', '/_state')['contacts'] as $card) {
		$cards[$card['names'][0]['familyName']] = $card;
	}
	ksort($cards);
	return $cards;
}

const TRANSPORT = array('deadline_ms' => 10000, 'proxy' => '', 'proxy_user' => '', 'proxy_password' => '');
