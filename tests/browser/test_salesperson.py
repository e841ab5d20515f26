# SPDX-License-Identifier: GPL-3.0-or-later
"""A new salesperson imports: from the phone, from a server, from an account of their own; each twice."""

import pathlib
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from conftest import PATIENCE, SITE_SCRIPTS, free_port, log_in, wait_for
from test_setup import connect

PAGE = "/custom/gcontacts/import.php"


def php(code, *arguments):
    done = subprocess.run(["php", "-r", f'require "{SITE_SCRIPTS}/dolibarr.inc.php"; {code}', "--", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def salesperson(empty, google, admin, chromium, dolibarr):
    """Somebody who has just got the rights of a salesperson, beside an account that is connected."""
    empty("GCONTACTS_CARDDAV_PRIVATE_HOSTS=1", "GCONTACTS_MY_CONTACTS=0")
    connect(admin, dolibarr)
    php(
        """$sam = new User($db);
        if ($sam->fetch(0, 'sam') <= 0) { $sam->login = 'sam'; $sam->lastname = 'Sales'; $sam->firstname = 'Sam'; $sam->create($user); $sam->fetch(0, 'sam'); }
        $db->query("UPDATE ".MAIN_DB_PREFIX."user SET pass_crypted = '".$db->escape(dol_hash('sam'))."' WHERE rowid = ".((int) $sam->id));
        foreach (array(121, 122, 262, 281, 282) as $right) { $sam->addrights($right); }
        $sam->addrights('', 'gcontacts', 'import'); $sam->addrights('', 'gcontacts', 'read');
        require_once DOL_DOCUMENT_ROOT.'/contact/class/contact.class.php';
        $alice = new Contact($db); $alice->firstname = 'ALICE'; $alice->lastname = 'Martin'; $alice->email = 'Alice@Martin.example'; $alice->statut = 1; $alice->priv = 0;
        if ($alice->create($user) <= 0) { stop($alice->error); }
        $db->query("DELETE FROM ".MAIN_DB_PREFIX."gcontacts_outbox");"""
    )
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    context.set_default_timeout(PATIENCE)
    yield log_in(context.new_page(), dolibarr, "sam")
    context.close()


@pytest.fixture
def radicale(tmp_path):
    """A CardDAV server with an address book of Sam's: somebody who is on the phone too, and two more."""
    people = (("Zoe", "LEFEVRE", "EMAIL:ZOE@durand.example"), ("Dan", "Keller", "TEL;TYPE=CELL:+49 171 1234567"), ("Eva", "Lopez", "EMAIL:eva@lopez.example"))
    folder = tmp_path / "data/collection-root/sam/contacts"
    folder.mkdir(parents=True)
    (folder / ".Radicale.props").write_text('{"tag": "VADDRESSBOOK", "D:displayname": "Sam"}')
    for number, (given, family, more) in enumerate(people):
        (folder / f"{number}.vcf").write_text(f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:r{number}\r\nN:{family};{given};;;\r\nFN:{given} {family}\r\n{more}\r\nEND:VCARD\r\n")
    (tmp_path / "users").write_text("sam:s3cret\n")
    port = free_port()
    program = pathlib.Path(sys.executable).with_name("radicale")
    options = ["--config", "", "--server-hosts", f"127.0.0.1:{port}", "--storage-filesystem-folder", str(tmp_path / "data"), "--auth-type", "htpasswd"]
    options += ["--auth-htpasswd-encryption", "plain", "--auth-delay", "0", "--auth-htpasswd-filename", str(tmp_path / "users")]
    with subprocess.Popen([program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        wait_for(port)
        yield f"http://127.0.0.1:{port}/"
        server.terminate()


def add_on_the_phone(phone, google, given, family, company="", email="", number=""):
    """On the emulator's own page, as somebody does on a phone."""
    phone.goto(google.url + "/")
    phone.locator("#new summary").click()
    form = phone.locator("#new form")
    for name, value in {"name.givenName": given, "name.familyName": family, "organization.name": company, "email.value": email, "phone.value": number}.items():
        if value:
            form.locator(f"[name='{name}']").fill(value)
    form.locator("button.save").click()
    expect(phone.locator("body")).to_contain_text(family)


def row(page, title):
    return page.locator("tr[data-candidate]", has_text=title)


def tick(page, title):
    row(page, title).locator("input[name='tick[]']").check()
    return row(page, title)


def preview_and_import(page, number):
    page.click("input[type=submit].button:not([name=all]) >> nth=-1")
    expect(page.locator(".gcontacts-import-preview tbody tr")).to_have_count(number)
    page.locator(".gcontacts-import-buttons input[type=submit]").click()
    expect(page.locator(".gcontacts-import-preview tbody tr a")).to_have_count(number)
    expect(page.locator(".gcontacts-refusal")).to_have_count(0)


def read_server(page, dolibarr, radicale):
    page.goto(f"{dolibarr}{PAGE}?source=carddav")
    if page.locator("details.gcontacts-details > summary", has_text="Read another one").count():
        page.locator("details.gcontacts-details > summary", has_text="Read another one").click()
    page.fill("#carddav_url", radicale)
    page.fill("#carddav_login", "sam")
    page.fill("#carddav_password", "s3cret")
    page.locator("form", has=page.locator("#carddav_url")).locator("input[type=submit]").click()
    expect(page.locator("tr[data-candidate]")).to_have_count(3)


def send():
    """Waits until all is sent: the site sends by itself after a page, too."""
    php(
        """dol_include_once('/gcontacts/class/push/gcontactsworker.class.php');
        for ($round = 0; $round < 60; $round++) {
            (new GContactsWorker($db))->drain(30.0);
            if ((int) $db->fetch_object($db->query('SELECT COUNT(*) as nb FROM '.MAIN_DB_PREFIX.'gcontacts_outbox'))->nb === 0) { exit(0); }
            usleep(500000);
        }
        stop('something is still waiting');"""
    )


def names(google):
    return sorted(card["names"][0]["familyName"] for card in google.state()["contacts"])


def test_a_new_salesperson_imports_everything_twice(salesperson, google, radicale, chromium, dolibarr, screenshot):
    phone = chromium.new_page(viewport={"width": 390, "height": 844})
    add_on_the_phone(phone, google, "Zoé", "Lefèvre", "Durand SARL", "zoe@durand.example")
    add_on_the_phone(phone, google, "Ben", "Okafor", "", "", "+44 20 7946 0018")
    add_on_the_phone(phone, google, "Alice", "Martin", "", "alice@martin.example")
    phone.close()
    page = salesperson
    page.goto(f"{dolibarr}/societe/index.php?mainmenu=companies")
    page.locator("#id-left a, .vmenu a", has_text="Import new contacts").first.click()
    expect(page.locator("tr[data-candidate]")).to_have_count(3)
    tick(page, "Zoé Lefèvre")
    ben = tick(page, "Ben Okafor").locator("select[name^=third]")
    expect(ben).to_have_value("private")
    alice = tick(page, "Alice Martin").locator("select[name^=act]")
    expect(alice.locator("option:checked")).to_have_text("Link to ALICE Martin")
    screenshot(page, "1-list")
    ben.select_option("none")
    preview_and_import(page, 3)
    screenshot(page, "2-imported")

    read_server(page, dolibarr, radicale)
    screenshot(page, "3-server")
    for title in ("Dan Keller", "Eva Lopez"):
        tick(page, title)
    preview_and_import(page, 2)
    send()
    once = names(google)

    # And all of it again
    page.goto(f"{dolibarr}{PAGE}")
    expect(page.locator(".gcontacts-nothing")).to_be_visible()
    read_server(page, dolibarr, radicale)
    page.locator(".gcontacts-tick-all").check()
    expect(page.locator("input[name='tick[]']:checked")).to_have_count(0)
    expect(page.locator("tr[data-candidate] select[name^=act]")).to_have_count(3)
    screenshot(page, "4-known")
    for title in ("LEFEVRE", "Keller", "Lopez"):
        tick(page, title)
    preview_and_import(page, 3)
    send()
    assert names(google) == once == ["Keller", "Lefèvre", "Lopez", "Martin", "Okafor"]
    told = php("foreach (array('socpeople' => 'lastname', 'societe' => 'nom') as $table => $column) { $r = $db->query('SELECT '.$column.' as name FROM '.MAIN_DB_PREFIX.$table.' ORDER BY 1'); while ($row = $db->fetch_object($r)) { print $row->name.';'; } }")
    assert told == "Keller;Lefèvre;Lopez;Martin;Okafor;Dan Keller;Durand SARL;Eva Lopez;", told
