# SPDX-License-Identifier: GPL-3.0-or-later
"""Contact by contact: the field on a contact, its column and filter in the list, and the choice for many at once."""

import pytest
from playwright.sync_api import expect

from conftest import submit, until
from test_contact import visit
from test_setup import connect


def names(google):
    return sorted(person["names"][0]["familyName"] for person in google.state()["contacts"])


def make(page, dolibarr, lastname):
    page.goto(f"{dolibarr}/contact/card.php?action=create")
    page.fill("[name=lastname]", lastname)
    submit(page, page.locator("input[name=add], input[name=save]").first)


def choose(page, value, rows):
    """Ticks rows of the list and chooses a mass action, as a user does."""
    for row in rows:
        page.locator("tr.oddeven", has_text=row).locator("input.checkforselect").first.check()
    page.locator("select#massaction").select_option(value, force=True)
    page.locator("#massaction").dispatch_event("change")
    submit(page, page.locator(".massactionconfirmed").first)


def test_many_contacts_at_once(empty, google, admin, dolibarr, screenshot):
    empty("GCONTACTS_PER_CONTACT=1")
    connect(admin, dolibarr)
    for lastname in ["Premier", "Deuxième", "Troisième"]:
        make(admin, dolibarr, lastname)
    until(lambda: visit(admin, dolibarr, google) and len(names(google)) == 3)
    admin.goto(f"{dolibarr}/contact/list.php")
    options = admin.locator("select#massaction option[value^=gcontacts_sync]")
    expect(options).to_have_count(2)
    screenshot(admin, "1-list")
    choose(admin, "gcontacts_sync_no", ["Premier", "Deuxième"])
    expect(admin.locator("body")).to_contain_text("2 contact(s)")
    screenshot(admin, "2-chosen")
    until(lambda: visit(admin, dolibarr, google) is not None and names(google) == ["Troisième"])
    admin.goto(f"{dolibarr}/contact/list.php")
    choose(admin, "gcontacts_sync_yes", ["Premier"])
    until(lambda: visit(admin, dolibarr, google) is not None and names(google) == ["Premier", "Troisième"])


def test_with_the_option_off_nothing_is_offered(empty, google, admin, dolibarr):
    empty("GCONTACTS_PER_CONTACT=0")
    make(admin, dolibarr, "Seul")
    admin.goto(f"{dolibarr}/contact/list.php")
    expect(admin.locator("tr.oddeven", has_text="Seul")).to_have_count(1)
    expect(admin.locator("select#massaction option[value^=gcontacts_sync]")).to_have_count(0)


@pytest.mark.parametrize("language", ["en_US", "fr_FR"])
def test_on_a_phone(empty, google, phone_admin, dolibarr, screenshot, language):
    empty("GCONTACTS_PER_CONTACT=1")
    make(phone_admin, dolibarr, "Premier")
    saved = phone_admin.url
    phone_admin.goto(f"{saved}&lang={language}" if "?" in saved else f"{saved}?lang={language}")
    screenshot(phone_admin, "1-contact")
    phone_admin.goto(f"{dolibarr}/contact/list.php?lang={language}")
    option = phone_admin.locator("select#massaction option[value=gcontacts_sync_no]")
    expect(option).to_have_text({"en_US": "Synchronise with Google: no", "fr_FR": "Synchroniser avec Google : non"}[language])
    screenshot(phone_admin, "2-list")
