--TEST--
begin_send() and begin_list_changes() call while PHP goes on, end_send() and end_list_changes() give what came of it; one call at a time
--EXTENSIONS--
gcontacts
pcntl
--FILE--
<?php
require __DIR__.'/include/emulator.php';
require __DIR__.'/include/records.php';
emulator(__FILE__);
$token = control('POST', '/_token')['access_token'];
pcntl_alarm(120);

function failure(callable $act): string
{
	try {
		return (string) json_encode($act());
	} catch (GContacts\Exception $e) {
		return get_class($e).' '.$e->reason.': '.$e->getMessage();
	}
}

echo "-- while it is under way\n";
control('POST', '/_faults', array('match' => 'people.createContact', 'action' => array('latency' => array('where' => 'before'))));
$began = microtime(true);
GContacts\begin_send(TRANSPORT, $token, GContacts\plan(SETTINGS, array(), array(record(1)))['plan']);
echo microtime(true) - $began < 8.0 ? 'at once' : 'late', "\n";
$next = GContacts\plan(SETTINGS, array(), array(record(2)));
echo failure(fn () => GContacts\begin_send(TRANSPORT, $token, $next['plan'])), "\n";
$pid = pcntl_fork();
if ($pid === 0) {
	// The call is the parent's: it is neither ended nor broken off by this process.
	exit(strpos(failure(fn () => GContacts\end_send()), 'no call is under way') !== false ? 0 : 1);
}
pcntl_waitpid($pid, $status);
echo 'child ', pcntl_wifexited($status) ? pcntl_wexitstatus($status) : 'killed', "\n";
$pid = pcntl_fork();
if ($pid === 0) {
	// Once the parent waits.
	usleep(300000);
	control('POST', '/_faults/release');
	exit(0);
}
echo 'cards: ', GContacts\count_cards(TRANSPORT, $token), ', for this call waits for the other', "\n";
pcntl_waitpid($pid, $status);
$sent = GContacts\end_send();
echo $sent['outcomes'][0]['result'], ', labels: ', implode(', ', array_column($sent['labels'], 'name')), "\n";

echo "-- the next one knows its labels\n";
GContacts\begin_send(TRANSPORT, $token, $next['plan'], null, $sent['labels']);
$second = GContacts\end_send();
echo $second['outcomes'][0]['result'], ' in ', $second['calls'], " call\n";
echo failure(fn () => GContacts\end_send()), "\n";

echo "-- a page of changes\n";
GContacts\begin_list_changes(TRANSPORT, $token, SETTINGS, '', '');
echo failure(fn () => GContacts\end_send()), "\n";
$page = GContacts\end_list_changes();
$state = $page['listed']->state($page['cards'][1]['resource_name'], 'FR');
echo count($page['cards']), ' cards, ', var_export(strpos($state['person'], $page['cards'][1]['etag']) !== false, true), "\n";
echo failure(fn () => $page['listed']->state('people/c404', 'FR')), "\n";
echo failure(fn () => GContacts\end_list_changes()), "\n";

echo "-- a plan is carried out once\n";
echo failure(fn () => GContacts\begin_send(TRANSPORT, $token, $next['plan'])), "\n";

echo "-- a process that does not wait for its call\n";
control('POST', '/_faults', array('match' => 'people.createContact', 'action' => array('latency' => array('where' => 'before'))));
$plan = GContacts\plan(SETTINGS, $sent['labels'], array(record(3)))['plan'];
$began = microtime(true);
$pid = pcntl_fork();
if ($pid === 0) {
	GContacts\begin_send(TRANSPORT, $token, $plan);
	exit(0);
}
pcntl_waitpid($pid, $status);
echo 'ends ', pcntl_wifexited($status) ? pcntl_wexitstatus($status) : 'killed', microtime(true) - $began < 8.0 ? ' in time' : ' late', "\n";
?>
--EXPECT--
-- while it is under way
at once
GContacts\DataException invalid_data: another call is under way
child 0
cards: 1, for this call waits for the other
done, labels: Onelog
-- the next one knows its labels
done in 1 call
GContacts\DataException invalid_data: no call is under way
-- a page of changes
GContacts\DataException invalid_data: another call is under way
2 cards, true
GContacts\DataException invalid_data: no card of that name is on the page
GContacts\DataException invalid_data: no call is under way
-- a plan is carried out once
GContacts\DataException invalid_data: the plan was carried out before
-- a process that does not wait for its call
ends 0 in time
