# SPDX-License-Identifier: GPL-3.0-or-later
"""A contact saved in Dolibarr's own form, seen and corrected on the phone."""

import time

from playwright.sync_api import expect

from conftest import submit, until
from test_setup import connect


def fill_mobile(page, number):
    """Types a mobile number; gives the text that the form sends. Since version 24 it takes digits only, and the country has a list of its own."""
    split = page.locator("#phone_mobile_input")
    (split if split.count() else page.locator("[name=phone_mobile]")).fill(number)
    return page.locator("[name=phone_mobile]").input_value()


def card(google, **wanted):
    """The card of the family name, once it says what is wanted."""

    def found():
        for person in google.state()["contacts"]:
            family = person.get("names", [{}])[0].get("familyName")
            title = person.get("organizations", [{}])[0].get("title")
            if family == wanted["family"] and wanted.get("title", title) == title:
                return person
        return None

    return until(found)


def test_a_contact_reaches_the_phone_and_a_correction_survives(empty, google, admin, dolibarr, screenshot):
    connect(admin, dolibarr)
    admin.goto(f"{dolibarr}/contact/card.php?action=create")
    admin.fill("[name=lastname]", "Lefèvre")
    admin.fill("[name=firstname]", "Éloïse")
    admin.fill("[name=poste]", "Acheteuse")
    typed = fill_mobile(admin, "0612345678")
    admin.fill("[name=email]", "eloise@example.com")
    submit(admin, admin.locator("input[name=add], input[name=save]").first)
    expect(admin.locator(".tabsAction, .fiche").first).to_be_visible()
    saved = admin.url
    screenshot(admin, "1-saved")
    card(google, family="Lefèvre")

    phone = admin.context.new_page()
    phone.goto(google.url + "/")
    shown = phone.locator("article.card", has_text="Lefèvre")
    expect(shown).to_contain_text(typed)
    expect(shown).to_contain_text("Onelog")
    screenshot(phone, "2-on-the-phone")
    number = shown.locator("li.value[data-kind=phone]").first
    number.locator("summary").click()
    number.locator('input[name="phone.value"]').fill("0612345679")
    number.locator("button.save").click()
    expect(phone.locator("article.card", has_text="Lefèvre")).to_contain_text("0612345679")

    admin.goto(saved + ("&" if "?" in saved else "?") + "action=edit")
    admin.fill("[name=poste]", "Directrice des achats")
    submit(admin, admin.locator("input[name=save]").first)
    card(google, family="Lefèvre", title="Directrice des achats")
    phone.goto(google.url + "/")
    shown = phone.locator("article.card", has_text="Lefèvre")
    expect(shown).to_contain_text("0612345679")
    expect(shown).not_to_contain_text(typed)
    screenshot(phone, "3-both-edits")
    assert len(google.state()["contacts"]) == 1


def test_the_field_of_a_contact_shows_where_the_option_is_on(empty, google, admin, dolibarr, screenshot):
    empty("GCONTACTS_PER_CONTACT=1")
    connect(admin, dolibarr)
    admin.goto(f"{dolibarr}/contact/card.php?action=create")
    field = admin.locator("[name=options_gcontacts_sync]")
    expect(field.first).to_be_attached()
    screenshot(admin, "1-field")
    empty("GCONTACTS_PER_CONTACT=0")
    admin.goto(f"{dolibarr}/contact/card.php?action=create")
    expect(admin.locator("[name=options_gcontacts_sync]")).to_have_count(0)


def test_a_withdrawn_consent_warns_the_administrator(empty, google, admin, dolibarr, screenshot):
    connect(admin, dolibarr)
    google.fault(match="*", action="grant_revoked")
    admin.goto(f"{dolibarr}/contact/card.php?action=create")
    admin.fill("[name=lastname]", "Retiré")
    submit(admin, admin.locator("input[name=add], input[name=save]").first)

    def warned():
        admin.goto(f"{dolibarr}/index.php?mainmenu=home")
        return admin.locator(".gcontacts-alarm").count() == 1

    until(warned)
    screenshot(admin, "1-alarm")
    admin.locator(".gcontacts-alarm a").click()
    expect(admin.locator("#check-consent")).to_have_class("gcontacts-line gcontacts-failed")
    screenshot(admin, "2-setup")
    connect(admin, dolibarr)
    until(lambda: any(p["names"][0].get("familyName") == "Retiré" for p in visit(admin, dolibarr, google)))


def visit(admin, dolibarr, google):
    """Opens a page, whose small request drains, and looks into the address book."""
    admin.goto(f"{dolibarr}/index.php?mainmenu=home")
    time.sleep(0.5)
    return google.state()["contacts"]
