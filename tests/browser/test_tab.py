# SPDX-License-Identifier: GPL-3.0-or-later
"""The way back from the phone: corrected there, seen red on the contact's tab, taken, seen in sync."""

import subprocess

from playwright.sync_api import expect

from conftest import SITE_SCRIPTS, submit
from test_contact import card, fill_mobile
from test_setup import connect

TAB = "custom/gcontacts/contact_tab.php"


def pull():
    """Looks at Google as the scheduled job does."""
    code = (
        f'require "{SITE_SCRIPTS}/dolibarr.inc.php"; dol_include_once("/gcontacts/class/pull/gcontactspull.class.php");'
        "$pull = new GContactsPull($db); if ($pull->run(30.0) !== 0) { stop($pull->report()); }"
    )
    done = subprocess.run(["php", "-r", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def new_contact(page, dolibarr, google):
    page.goto(f"{dolibarr}/contact/card.php?action=create")
    page.fill("[name=lastname]", "Lefèvre")
    page.fill("[name=firstname]", "Éloïse")
    page.fill("[name=poste]", "Acheteuse")
    fill_mobile(page, "0612345678")
    page.fill("[name=email]", "eloise@example.com")
    submit(page, page.locator("input[name=add], input[name=save]").first)
    person = card(google, family="Lefèvre")
    page.goto(f"{dolibarr}/contact/list.php")
    page.locator("table.liste a", has_text="Lefèvre").first.click()
    page.locator("a[href*='contact_tab.php']").first.click()
    expect(page.locator(".gcontacts-state")).to_have_class("gcontacts-state gcontacts-state-in_sync")
    return person


def correct_on_the_phone(page, google, number):
    phone = page.context.new_page()
    phone.goto(google.url + "/")
    shown = phone.locator("article.card", has_text="Lefèvre")
    value = shown.locator("li.value[data-kind=phone]").first
    value.locator("summary").click()
    value.locator('input[name="phone.value"]').fill(number)
    value.locator("button.save").click()
    expect(phone.locator("article.card", has_text="Lefèvre")).to_contain_text(number)
    phone.close()


def test_a_correction_is_seen_red_taken_and_seen_in_sync(empty, google, admin, dolibarr, screenshot):
    connect(admin, dolibarr)
    new_contact(admin, dolibarr, google)
    screenshot(admin, "1-in-sync")
    correct_on_the_phone(admin, google, "0612345679")
    google.phone(
        op="edit",
        name=card(google, family="Lefèvre")["resourceName"],
        set={"nicknames": [{"value": "Lili <b>"}], "organizations": [{"title": "Directrice", "type": "work"}]},
    )
    pull()
    admin.goto(f"{dolibarr}/custom/gcontacts/changed.php")
    row = admin.locator("tr[data-contact]", has_text="Lefèvre")
    expect(row).to_have_count(1)
    screenshot(admin, "2-changed-on-google")
    row.locator("a").first.click()
    mobile = admin.locator("tr[data-key=phone_mobile]")
    expect(mobile).to_have_class("oddeven gcontacts-field gcontacts-differs")
    expect(mobile).to_contain_text("Differs")
    colour = mobile.locator("td bdi").last.evaluate("node => getComputedStyle(node).color")
    assert colour == "rgb(200, 64, 42)", colour
    expect(admin.locator(".gcontacts-only")).to_contain_text("Lili <b>")
    expect(admin.locator(".tabactive .badge, .tabsElemActive .badge").first).to_have_text("2")
    screenshot(admin, "3-differs")
    mobile.locator("input[type=checkbox]").check()
    submit(admin, admin.locator("input[name=take]"))
    expect(admin.locator("tr[data-key=phone_mobile]")).to_have_class("oddeven gcontacts-field")
    expect(admin.locator("tr[data-key=job_title]")).to_contain_text("Directrice")
    screenshot(admin, "4-one-taken")
    admin.locator(".gcontacts-tick-all").check()
    submit(admin, admin.locator("input[name=take]"))
    expect(admin.locator(".gcontacts-state")).to_have_class("gcontacts-state gcontacts-state-in_sync")
    screenshot(admin, "5-in-sync-again")


def test_the_tab_on_a_phone_in_french(empty, google, admin, phone_admin, dolibarr, screenshot):
    connect(admin, dolibarr)
    new_contact(admin, dolibarr, google)
    correct_on_the_phone(admin, google, "0612345679")
    pull()
    address = admin.url
    phone_admin.goto(f"{address}&lang=fr_FR")
    expect(phone_admin.locator("tr[data-key=phone_mobile]")).to_contain_text("Différent")
    screenshot(phone_admin, "1-phone")
    assert phone_admin.evaluate("document.documentElement.scrollWidth") <= 400
    phone_admin.goto(f"{dolibarr}/custom/gcontacts/changed.php?lang=fr_FR")
    screenshot(phone_admin, "2-phone-list")


def test_the_tab_in_the_dark(empty, google, admin, dolibarr, screenshot):
    empty("THEME_DARKMODEENABLED=2")
    connect(admin, dolibarr)
    new_contact(admin, dolibarr, google)
    correct_on_the_phone(admin, google, "0612345679")
    pull()
    admin.reload()
    expect(admin.locator("tr[data-key=phone_mobile]")).to_contain_text("Differs")
    screenshot(admin, "1-differs")
    admin.goto(f"{dolibarr}/custom/gcontacts/changed.php")
    screenshot(admin, "2-list")


def test_while_google_is_away_the_last_agreement_is_shown(empty, google, admin, dolibarr, screenshot):
    connect(admin, dolibarr)
    new_contact(admin, dolibarr, google)
    google.fault(match="people.get", times=99, action={"error": {"http": 503}})
    admin.reload()
    expect(admin.locator(".gcontacts-notfresh")).to_be_visible()
    expect(admin.locator("tr[data-key=job_title]")).to_contain_text("Acheteuse")
    screenshot(admin, "1-not-fresh")
