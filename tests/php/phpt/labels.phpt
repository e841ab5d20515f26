--TEST--
Labels of types and categories, our_labels(), delete_empty_labels() and take_labels_off()
--EXTENSIONS--
gcontacts
--FILE--
<?php
require __DIR__.'/include/emulator.php';
require __DIR__.'/include/records.php';
emulator(__FILE__);
$token = control('POST', '/_token')['access_token'];
$settings = array(
	'type_labels' => array('customers' => 'Clients', 'prospects' => 'Prospects', 'suppliers' => 'Fournisseurs'), 'category_labels' => true, 'company_in_name' => true,
) + SETTINGS;
$company = array('customer' => true, 'supplier' => true, 'categories' => array(array('id' => 5, 'name' => 'Gold'))) + COMPANY;
$contact = array('categories' => array(array('id' => 6, 'name' => 'VIP')));
$sent = GContacts\send(TRANSPORT, $token, GContacts\plan($settings, array(), array(record(1, $contact, null, $company)))['plan']);
$labels = $sent['labels'];
foreach ($labels as $label) {
	echo $label['source'], ' ', $label['source_id'], ' ', $label['name'], "\n";
}
echo cards()['Martin']['names'][0]['displayName'], "\n";

echo "-- off\n";
$sent = GContacts\send(TRANSPORT, $token, GContacts\plan(SETTINGS, $labels, array(record(1, $contact, link_of($sent['outcomes'][0]), $company)))['plan']);
echo count($sent['left']), " left\n";
echo cards()['Martin']['names'][0]['displayName'], "\n";
$tried = GContacts\delete_empty_labels(TRANSPORT, $token, SETTINGS['instance'], array_merge(array_column($labels, 'resource_name'), array('contactGroups/unknown')));
echo implode(' ', array_column($tried['labels'], 'fate')), ', ', $tried['calls'], ' calls, ', json_encode($tried['stopped']), "\n";
echo implode(' ', array_column(GContacts\our_labels(TRANSPORT, $token, SETTINGS['instance'])['labels'], 'name')), ', ', count(GContacts\our_labels(TRANSPORT, $token, 'other')['labels']), "\n";
control('POST', '/_phone', array('op' => 'create_group', 'group' => 'Salon 2026'));
echo implode(' ', array_column(GContacts\other_labels(TRANSPORT, $token, SETTINGS['instance'])['labels'], 'name')), ', ', count(GContacts\other_labels(TRANSPORT, $token, 'other')['labels']), "\n";
$bob = array_column($labels, 'resource_name', 'name')['Onelog/bob'];
$off = GContacts\take_labels_off(TRANSPORT, $token, SETTINGS['instance'], array($bob), '');
echo json_encode(array(array_column($off['labels'], 'taken'), array_column($off['labels'], 'kept'), array_column($off['labels'], 'others'), $off['cursor'], $off['seen'], $off['calls'])), "\n";
echo count(GContacts\take_labels_off(TRANSPORT, $token, 'other', array($bob), '')['labels']), "\n";
foreach (array(array('category_labels' => 1), array('type_labels' => array('customers' => 'x'))) as $wrong) {
	try {
		GContacts\plan($wrong + SETTINGS, array(), array());
	} catch (GContacts\DataException $e) {
		echo $e->getMessage(), "\n";
	}
}
?>
--EXPECT--
container 0 Onelog
representative 3 Onelog/bob
customer 0 Onelog/Clients
supplier 0 Onelog/Fournisseurs
category 5 Onelog/Gold
category 6 Onelog/VIP
Mme Zoé Martin, Dupont & Fils
-- off
4 left
Mme Zoé Martin
carried carried deleted deleted deleted deleted gone, 5 calls, null
Onelog Onelog/bob, 0
Salon 2026, 3
[[1],[0],[0],"",1,3]
0
settings.category_labels: invalid type: integer `1`, expected a boolean
settings.type_labels: missing field `prospects`
