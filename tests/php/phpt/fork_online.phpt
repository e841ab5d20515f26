--TEST--
Forked processes talk over connections of their own, at the same time
--EXTENSIONS--
gcontacts
pcntl
--FILE--
<?php
require __DIR__.'/include/emulator.php';
emulator(__FILE__);
$token = control('POST', '/_token')['access_token'];
control('POST', '/_seed', array('n' => 3));
echo 'parent ', GContacts\count_cards(TRANSPORT, $token), "\n";
control('POST', '/_faults', array('match' => 'people.connections.list', 'times' => 4, 'action' => array('latency' => array('where' => 'before'))));
pcntl_alarm(120);
$children = array();
for ($i = 0; $i < 4; $i++) {
	$pid = pcntl_fork();
	if ($pid === 0) {
		pcntl_alarm(120);
		$seen = array(GContacts\count_cards(TRANSPORT, $token), GContacts\count_cards(TRANSPORT, $token));
		exit($seen === array(3, 3) ? 0 : 1);
	}
	$children[] = $pid;
}
while (control('GET', '/_calls')['held'] < 4) {
	usleep(10000);
}
echo "all are under way\n";
control('POST', '/_faults/release');
echo 'parent ', GContacts\count_cards(TRANSPORT, $token), "\n";
foreach ($children as $pid) {
	pcntl_waitpid($pid, $status);
	echo 'child ', pcntl_wifexited($status) ? pcntl_wexitstatus($status) : 'killed', "\n";
}
echo 'parent ', GContacts\count_cards(TRANSPORT, $token), "\n";
?>
--EXPECT--
parent 3
all are under way
parent 3
child 0
child 0
child 0
child 0
parent 3
