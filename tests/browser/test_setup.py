# SPDX-License-Identifier: GPL-3.0-or-later
"""The setup page: the checklist, the consent, the options."""

import pytest
from playwright.sync_api import expect

from conftest import log_in, submit

SETUP = "/custom/gcontacts/admin/setup.php"

def connect(page, dolibarr):
    page.goto(dolibarr + SETUP)
    page.locator('#check-consent form[action$="/admin/connect.php"] input[type=submit]').click()
    page.locator("#allow").click()
    page.wait_for_url("**" + SETUP + "*")


def test_the_account_is_connected_through_the_consent_page(empty, google, admin, dolibarr, screenshot):
    admin.goto(dolibarr + SETUP)
    expect(admin.locator("#check-extension")).to_have_class("gcontacts-line gcontacts-done")
    expect(admin.locator("#check-client")).to_have_class("gcontacts-line gcontacts-done")
    expect(admin.locator("#check-consent")).not_to_have_class("gcontacts-line gcontacts-done")
    screenshot(admin, "1-before")
    admin.locator('#check-consent form[action$="/admin/connect.php"] input[type=submit]').click()
    expect(admin.locator("#allow")).to_be_visible()
    screenshot(admin, "2-consent")
    admin.locator("#allow").click()
    admin.wait_for_url("**" + SETUP + "*")
    expect(admin.locator("#check-account")).to_contain_text("phone@example.com")
    expect(admin.locator(".gcontacts-line")).to_have_count(admin.locator(".gcontacts-line.gcontacts-done").count())
    screenshot(admin, "3-connected")


def test_a_refused_consent_is_explained(empty, google, admin, dolibarr, screenshot):
    admin.goto(dolibarr + SETUP)
    admin.locator('#check-consent form[action$="/admin/connect.php"] input[type=submit]').click()
    admin.locator("#cancel").click()
    admin.wait_for_url("**" + SETUP + "*")
    expect(admin.locator("#check-consent")).to_have_class("gcontacts-line gcontacts-failed")
    screenshot(admin, "refused")


def test_a_fresh_module_asks_for_the_client_first(empty, google, admin, dolibarr, screenshot):
    empty("GCONTACTS_CLIENT_ID=", "GCONTACTS_CLIENT_SECRET=")
    admin.goto(dolibarr + SETUP)
    screenshot(admin, "1-fresh")
    admin.fill("#client_id", "gcontacts-demo.apps.example")
    admin.fill("#client_secret", "demo-secret")
    admin.locator("#check-client input[type=submit]").first.click()
    expect(admin.locator("#check-client")).to_have_class("gcontacts-line gcontacts-done")
    assert "demo-secret" not in admin.content()


def test_options_are_saved_and_a_bad_one_is_refused(empty, google, admin, dolibarr, screenshot):
    admin.goto(dolibarr + SETUP)
    admin.fill("#GCONTACTS_LABEL", "Maison")
    admin.check("#GCONTACTS_REP_LABELS")
    admin.select_option("#GCONTACTS_CLASH", "ask")
    admin.select_option("#GCONTACTS_DELETED_AT_GOOGLE", "mark")
    submit(admin, admin.locator("#options .button-save"))
    admin.goto(dolibarr + SETUP)
    expect(admin.locator("#GCONTACTS_LABEL")).to_have_value("Maison")
    expect(admin.locator("#GCONTACTS_REP_LABELS")).to_be_checked()
    expect(admin.locator("#GCONTACTS_CLASH")).to_have_value("ask")
    expect(admin.locator("#GCONTACTS_DELETED_AT_GOOGLE")).to_have_value("mark")
    admin.fill("#GCONTACTS_LABEL", "")
    admin.fill("#GCONTACTS_MAX_RETRIEVE", "0")
    admin.evaluate("document.querySelector('#options').noValidate = true")
    admin.locator("#options .button-save").click()
    expect(admin.locator("#GCONTACTS_MAX_RETRIEVE_refusal")).to_be_visible()
    screenshot(admin, "refused")


def test_the_page_speaks_french(empty, google, admin, dolibarr, screenshot):
    connect(admin, dolibarr)
    admin.goto(f"{dolibarr}{SETUP}?lang=fr_FR")
    expect(admin.locator("#options .button-save")).to_have_value("Enregistrer")
    text = admin.locator(".gcontacts").inner_text()
    assert "GContacts_" not in text and "GContactsCheck" not in text and "GContactsOption" not in text
    for english in ("Connected", "extension is loaded", "Redirect address", "Sending"):
        assert english not in text, text
    screenshot(admin, "french")


@pytest.mark.parametrize("connected", [False, True])
def test_the_page_fits_a_phone(empty, google, phone_admin, dolibarr, screenshot, connected):
    if connected:
        connect(phone_admin, dolibarr)
    phone_admin.goto(dolibarr + SETUP)
    screenshot(phone_admin, "phone")
    phone_admin.evaluate("document.querySelectorAll('.gcontacts details').forEach(it => it.open = true)")
    screenshot(phone_admin, "phone-opened")
    wider = phone_admin.evaluate(
        """() => [...document.querySelectorAll('.gcontacts, .gcontacts *')]
            .filter(it => it.checkVisibility() && it.getBoundingClientRect().right > screen.width + 1)
            .map(it => it.outerHTML.slice(0, 120))"""
    )
    assert wider == []


def test_an_account_with_cards_waits_for_a_word(empty, google, admin, dolibarr, screenshot):
    google.phone(op="create", person={"names": [{"givenName": "Grand", "familyName": "Mère"}]})
    connect(admin, dolibarr)
    admin.goto(dolibarr + SETUP)
    screenshot(admin, "1-asks")
    submit(admin, admin.locator("input[name=action][value=confirm_sending] ~ input[type=submit]"))
    admin.goto(dolibarr + SETUP)
    expect(admin.locator("input[name=action][value=confirm_sending]")).to_have_count(0)
    screenshot(admin, "2-sends")


def test_a_copied_database_asks(empty, google, admin, dolibarr, database, screenshot):
    connect(admin, dolibarr)
    database("UPDATE llx_gcontacts_account SET site_url = 'https://erp.example.com'")
    admin.goto(f"{dolibarr}/index.php?mainmenu=home")
    expect(admin.locator(".gcontacts-alarm")).to_be_visible()
    admin.goto(dolibarr + SETUP)
    expect(admin.locator("input[name=action][value=confirm_moved]")).to_have_count(1)
    admin.evaluate("document.querySelectorAll('.gcontacts details').forEach(it => it.open = true)")
    screenshot(admin, "1-asks")
    submit(admin, admin.locator("input[name=action][value=confirm_moved] ~ input[type=submit]"))
    admin.goto(f"{dolibarr}/index.php?mainmenu=home")
    expect(admin.locator(".gcontacts-alarm")).to_have_count(0)


def test_without_the_extension_the_page_says_what_to_install(empty, page, bare_dolibarr, screenshot):
    admin = log_in(page, bare_dolibarr)
    admin.goto(bare_dolibarr + SETUP)
    expect(admin.locator("#check-extension")).not_to_have_class("gcontacts-line gcontacts-done")
    expect(admin.locator("#check-extension")).to_contain_text("gcontacts.so")
    screenshot(admin, "missing")
