--TEST--
A forked process makes its own connections; the parent's stay its own
--EXTENSIONS--
gcontacts
pcntl
--INI--
gcontacts.people_endpoint=http://127.0.0.1:1
--FILE--
<?php
function ask(): string
{
	try {
		return (string) GContacts\count_cards(array('deadline_ms' => 2000), 'token');
	} catch (GContacts\TransportException $e) {
		return $e->reason;
	}
}

pcntl_alarm(20);
echo 'parent ', ask(), "\n";
for ($child = 0; $child < 3; $child++) {
	$pid = pcntl_fork();
	if ($pid === 0) {
		// The third does nothing with what it inherited, and must end all the same.
		exit($child === 2 || ask() === 'network_refused' ? 0 : 1);
	}
	pcntl_waitpid($pid, $status);
	echo 'child ', pcntl_wifexited($status) ? pcntl_wexitstatus($status) : 'killed', "\n";
	echo 'parent ', ask(), "\n";
}
?>
--EXPECT--
parent network_refused
child 0
parent network_refused
child 0
parent network_refused
child 0
parent network_refused
