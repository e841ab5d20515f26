# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of operations: preview, export, stop, a closed browser, a killed process; and the log."""

import os
import re
import signal
import subprocess

import pytest
from playwright.sync_api import expect

from conftest import log_in, required, submit, until
from test_setup import connect

OPERATIONS = "/custom/gcontacts/admin/operations.php"
RUNS = "/custom/gcontacts/admin/runs.php"
# A batch is as large as half of a step's 4 seconds allows: 18 contacts first, and hardly more later while each takes this long
SLOW = {"match": "people.batchCreateContacts", "times": 0, "action": {"latency": {"ms": 1500, "where": "after"}}}
SOME_SENT = re.compile(r"[1-9]\d* sent")


@pytest.fixture
def contacts(database):
    """Adds shared contacts of which no event told."""

    def add(number):
        rows = ", ".join(
            f"(NOW(), 1, 'Personne{i}', 'Alice', 'personne{i}@example.com', 0, 1, 1)" for i in range(1, number + 1)
        )
        database("INSERT INTO llx_socpeople (datec, entity, lastname, firstname, email, priv, statut, fk_user_creat) VALUES " + rows)

    return add


def press(page, action):
    submit(page, page.locator(f"form:has(input[name=action][value={action}]) input[type=submit]"))


def wait_for_end(page):
    expect(page.locator("#run")).to_have_attribute("data-under-way", "0", timeout=180_000)


def fits(page):
    return page.evaluate(
        """() => [...document.querySelectorAll('.gcontacts, .gcontacts *')]
            .filter(it => it.checkVisibility() && !it.closest('.div-table-responsive') && it.getBoundingClientRect().right > screen.width + 1)
            .map(it => it.outerHTML.slice(0, 120))"""
    )


def test_an_account_with_cards_sees_before_and_confirms(empty, google, admin, dolibarr, contacts, screenshot):
    google.phone(op="create", person={"names": [{"givenName": "Alice", "familyName": "Personne1"}], "emailAddresses": [{"value": "personne1@example.com"}]})
    contacts(30)
    connect(admin, dolibarr)
    admin.goto(dolibarr + OPERATIONS)
    expect(admin.locator("input[value=start_export]")).to_have_count(0)
    press(admin, "start_preview")
    expect(admin.locator("#export table.gcontacts-preview")).to_be_visible(timeout=60_000)
    assert len(google.state()["contacts"]) == 1
    expect(admin.locator("#export table.gcontacts-preview")).to_contain_text("there already, to link")
    screenshot(admin, "1-preview")
    admin.locator("#export table.gcontacts-preview a").first.click()
    expect(admin.locator("table.liste")).to_contain_text("Alice Personne2")
    screenshot(admin, "2-names")
    admin.go_back()
    press(admin, "start_export")
    wait_for_end(admin)
    assert len(google.state()["contacts"]) == 30
    screenshot(admin, "3-done")
    admin.goto(dolibarr + RUNS)
    expect(admin.locator("table.liste")).to_contain_text("Export")
    screenshot(admin, "4-log")


def test_stop_and_go_on(empty, google, admin, dolibarr, contacts, screenshot):
    connect(admin, dolibarr)
    contacts(300)
    google.fault(**SLOW)
    admin.goto(dolibarr + OPERATIONS)
    press(admin, "start_export")
    expect(admin.locator("[data-tells=counts]")).to_contain_text(SOME_SENT)
    screenshot(admin, "1-runs")
    press(admin, "stop_run")
    expect(admin.locator("#run .badge")).to_have_text("Stopped by hand")
    assert len(google.state()["contacts"]) < 300
    screenshot(admin, "2-stopped")
    google.calm()
    press(admin, "resume_run")
    wait_for_end(admin)
    assert len(google.state()["contacts"]) == 300


def test_a_closed_browser_loses_nothing(empty, google, chromium, dolibarr, contacts, screenshot):
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    page = log_in(context.new_page(), dolibarr)
    connect(page, dolibarr)
    # More than the pages can send until the second browser looks at it
    contacts(600)
    google.fault(**SLOW)
    page.goto(dolibarr + OPERATIONS)
    press(page, "start_export")
    expect(page.locator("[data-tells=counts]")).to_contain_text(SOME_SENT)
    context.close()
    other = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    again = log_in(other.new_page(), dolibarr)
    # Any page of Dolibarr goes on with it
    again.goto(f"{dolibarr}/index.php?mainmenu=home")
    again.goto(dolibarr + OPERATIONS)
    expect(again.locator("#run")).to_have_attribute("data-under-way", "1")
    screenshot(again, "opened-again")
    google.calm()
    wait_for_end(again)
    assert len(google.state()["contacts"]) == 600
    other.close()


def test_a_killed_process_is_gone_on_with(empty, google, admin, dolibarr, contacts, database, screenshot):
    connect(admin, dolibarr)
    contacts(100)
    google.hold("people.batchCreateContacts")
    script = os.path.join(required("GCONTACTS_SITE_HTDOCS"), "custom/gcontacts/scripts/gcontacts.php")
    with subprocess.Popen(["php", script, "export", "--json"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until(google.holds)
        finally:
            process.send_signal(signal.SIGKILL)
    google.calm()
    admin.goto(dolibarr + OPERATIONS)
    expect(admin.locator("#run .badge")).to_have_text("Running")
    screenshot(admin, "1-killed")
    # Its lease ends by itself, and Google shows in time what it had made
    database("UPDATE llx_gcontacts_account SET lease_until = 0")
    wait_for_end(admin)
    database("UPDATE llx_gcontacts_link SET next_try = 1, nonce_time = 1 WHERE nonce <> ''")
    database("UPDATE llx_gcontacts_outbox SET due = 1")
    admin.goto(dolibarr + OPERATIONS)
    press(admin, "start_export")
    wait_for_end(admin)
    assert len(google.state()["contacts"]) == 100
    screenshot(admin, "2-resumed")


def test_the_pages_speak_french_and_fit_a_phone(empty, french, google, phone_admin, dolibarr, contacts, screenshot):
    connect(phone_admin, dolibarr)
    contacts(20)
    google.fault(match="people.batchCreateContacts", times=1, action={"error": {"http": 429, "retry_after": 600}})
    phone_admin.goto(dolibarr + OPERATIONS)
    press(phone_admin, "start_export")
    expect(phone_admin.locator("#run")).to_contain_text("reprend d'elle-même")
    assert fits(phone_admin) == []
    screenshot(phone_admin, "1-waits")
    press(phone_admin, "stop_run")
    expect(phone_admin.locator("#run")).to_contain_text("Arrêté à la main")
    press(phone_admin, "start_preview")
    expect(phone_admin.locator("#export table.gcontacts-preview")).to_be_visible(timeout=60_000)
    assert fits(phone_admin) == []
    text = phone_admin.locator(".gcontacts").inner_text()
    assert "GContacts" not in text, text
    screenshot(phone_admin, "2-preview")
    phone_admin.goto(dolibarr + RUNS)
    screenshot(phone_admin, "3-log")


def test_the_pages_in_the_dark(empty, dark, google, admin, dolibarr, contacts, screenshot):
    connect(admin, dolibarr)
    contacts(150)
    google.fault(**SLOW)
    admin.goto(dolibarr + OPERATIONS)
    press(admin, "start_preview")
    expect(admin.locator("#export table.gcontacts-preview")).to_be_visible(timeout=60_000)
    screenshot(admin, "1-preview")
    press(admin, "start_export")
    expect(admin.locator("[role=progressbar][aria-valuenow]")).to_be_visible(timeout=30_000)
    screenshot(admin, "2-runs")
    google.calm()
    wait_for_end(admin)
    admin.goto(dolibarr + RUNS)
    screenshot(admin, "3-log")
