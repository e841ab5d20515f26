--TEST--
The committed stubs say what the extension has
--EXTENSIONS--
gcontacts
--FILE--
<?php
require __DIR__.'/include/signatures.php';
$extension = new ReflectionExtension('gcontacts');
$real = signatures(array_values($extension->getFunctions()), array_values($extension->getClasses()));

// The stubs declare the same names, so another PHP reads them, one without the extension.
$reader = <<<'READER'
require $argv[1];
require $argv[2];
$ours = static fn (string $name): bool => stripos($name, 'gcontacts\\') === 0;
$functions = array_filter(get_defined_functions()['user'], $ours);
$classes = array_filter(get_declared_classes(), $ours);
echo json_encode(signatures(
	array_map(static fn ($name) => new ReflectionFunction($name), array_values($functions)),
	array_map(static fn ($name) => new ReflectionClass($name), array_values($classes))
));
READER;
$stubs = dirname(__DIR__, 3).'/crates/gcontacts-php/stubs/gcontacts.stub.php';
$command = array(PHP_BINARY, '-n', '-r', $reader, '--', __DIR__.'/include/signatures.php', $stubs);
$process = proc_open($command, array(1 => array('pipe', 'w')), $pipes);
$told = json_decode(stream_get_contents($pipes[1]), true);
proc_close($process);

var_dump(count($real['functions']) >= 10, count($real['classes']) === 10);
foreach (array('functions', 'classes') as $kind) {
	foreach (array_keys($real[$kind] + $told[$kind]) as $name) {
		$both = array($real[$kind][$name] ?? 'missing in the extension', $told[$kind][$name] ?? 'missing in the stubs');
		if ($both[0] !== $both[1]) {
			echo $name, "\n  extension: ", json_encode($both[0]), "\n  stubs:     ", json_encode($both[1]), "\n";
		}
	}
}
foreach (array_keys($extension->getINIEntries()) as $setting) {
	echo strpos(file_get_contents($stubs), $setting) === false ? "$setting is missing in the stubs\n" : "$setting\n";
}
?>
--EXPECT--
bool(true)
bool(true)
gcontacts.people_endpoint
gcontacts.oauth_endpoint
