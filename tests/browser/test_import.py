# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody is added on the phone and becomes a prospect in Dolibarr, in a real browser."""

import pytest
from playwright.sync_api import expect

from conftest import log_in, submit
from test_setup import connect

PAGE = "/custom/gcontacts/import.php"


def somebody(google, given, family, email="", phone="", company="", title=""):
    person = {}
    if given or family:
        person["names"] = [{"givenName": given, "familyName": family}]
    if email:
        person["emailAddresses"] = [{"value": email, "type": "work"}]
    if phone:
        person["phoneNumbers"] = [{"value": phone, "type": "mobile"}]
    if company or title:
        person["organizations"] = [{"name": company, "title": title}]
    return google.phone(op="create", person=person)["resourceName"]


def fill_address_book(google):
    somebody(google, "Zoé", "Lefèvre", "zoe@durand.example", "06 11 22 33 44", "Durand SARL", "Acheteuse")
    somebody(google, "Ben", "Okafor", "ben@gmail.com", "+44 20 7946 0018")
    somebody(google, "Carla", "Rossi", "carla.rossi@petit.example", "06 55 44 33 22", "Petit & Fils", "Gérante")
    somebody(google, "Rossi", "Carla", "Carla.Rossi@petit.example")
    somebody(google, "", "", "info@grand.example", "01 02 03 04 05", "Grand SAS")
    somebody(google, "Plombier", "", "", "06 00 00 00 03")


def row(page, title):
    return page.locator("tr[data-candidate]", has_text=title)


def test_three_people_become_contacts_with_three_choices(empty, google, admin, dolibarr, screenshot):
    connect(admin, dolibarr)
    fill_address_book(google)
    admin.goto(f"{dolibarr}{PAGE}")
    expect(admin.locator("tr[data-candidate]")).to_have_count(5)
    screenshot(admin, "1-list")

    row(admin, "Zoé Lefèvre").locator("input[name='tick[]']").check()
    row(admin, "Ben Okafor").locator("input[name='tick[]']").check()
    grand = row(admin, "Grand SAS")
    grand.locator("input[name='tick[]']").check()
    expect(row(admin, "Zoé Lefèvre").locator("select[name^=third]")).to_have_value("company")
    expect(row(admin, "Ben Okafor").locator("select[name^=third]")).to_have_value("private")
    row(admin, "Ben Okafor").locator("select[name^=third]").select_option("none")
    admin.locator("select[name=top_rep]").select_option("0")
    expect(row(admin, "Zoé Lefèvre").locator("select[name^=rep]")).to_have_value("0")
    admin.click("input[type=submit].button:not([name=all]) >> nth=-1")
    expect(admin.locator(".gcontacts-import-preview tbody tr")).to_have_count(3)
    screenshot(admin, "2-preview")
    admin.locator(".gcontacts-import-buttons input[type=submit]").click()
    expect(admin.locator(".gcontacts-import-sum")).to_be_visible()
    expect(admin.locator(".gcontacts-import-preview tbody tr a")).to_have_count(3)
    screenshot(admin, "3-report")
    admin.goto(f"{dolibarr}{PAGE}")
    expect(admin.locator("tr[data-candidate]")).to_have_count(2)
    assert len(google.state()["contacts"]) == 6


def test_the_page_works_on_a_phone_and_in_french(empty, google, admin, phone_admin, dolibarr, database, screenshot):
    connect(admin, dolibarr)
    fill_address_book(google)
    phone_admin.goto(f"{dolibarr}{PAGE}")
    expect(phone_admin.locator("tr[data-candidate]")).to_have_count(5)
    screenshot(phone_admin, "1-phone")
    width = phone_admin.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, f"the page is {width} px wide"
    phone_admin.goto(f"{dolibarr}{PAGE}?shown=nameless&lang=fr_FR")
    expect(phone_admin.locator("input[name^=lastname]")).to_have_count(1)
    screenshot(phone_admin, "2-nameless-french")
    admin.goto(f"{dolibarr}{PAGE}?lang=fr_FR")
    screenshot(admin, "3-french")


def test_without_javascript_a_person_is_imported(empty, google, chromium, admin, dolibarr):
    connect(admin, dolibarr)
    somebody(google, "Zoé", "Lefèvre", "zoe@durand.example")
    context = chromium.new_context(java_script_enabled=False, storage_state=admin.context.storage_state())
    page = context.new_page()
    page.goto(f"{dolibarr}{PAGE}")
    page.locator("tr[data-candidate] input[name='tick[]']").check()
    page.click("input[type=submit].button:not([name=all]) >> nth=-1")
    page.locator(".gcontacts-import-buttons input[type=submit]").click()
    expect(page.locator(".gcontacts-import-preview tbody tr a")).to_have_count(1)
    context.close()


@pytest.mark.parametrize("theme", ["dark"])
def test_the_page_is_readable_in_the_dark(empty, google, admin, dolibarr, screenshot, theme):
    empty("THEME_DARKMODEENABLED=2")
    connect(admin, dolibarr)
    fill_address_book(google)
    admin.goto(f"{dolibarr}{PAGE}")
    expect(admin.locator("tr[data-candidate]")).to_have_count(5)
    screenshot(admin, f"1-{theme}")


def test_a_file_of_vcards_is_read(empty, google, admin, phone_admin, dolibarr, screenshot, tmp_path):
    connect(admin, dolibarr)
    file = tmp_path / "people.vcf"
    file.write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lefèvre;Zoé;;;\r\nFN:Zoé Lefèvre\r\nORG:Durand SARL\r\nTEL;TYPE=CELL:06 11 22 33 44\r\nEND:VCARD\r\n", encoding="utf-8")
    for page in (admin, phone_admin):
        page.goto(f"{dolibarr}{PAGE}?source=vcard")
        if page.locator("details.gcontacts-details summary").count():
            page.locator("details.gcontacts-details summary").first.click()
        page.set_input_files("input[name=vcards]", file)
        page.click("form.gcontacts-drop input[type=submit]")
        expect(page.locator("tr[data-candidate]")).to_have_count(1)
        screenshot(page, "1-file" if page is admin else "2-file-on-a-phone")
    admin.goto(f"{dolibarr}{PAGE}?source=carddav&lang=fr_FR")
    admin.fill("#carddav_url", "http://127.0.0.1:9/dav")
    admin.click("input[type=submit].button.small")
    expect(admin.locator(".jnotify-message, .jnotify-notification").first).to_contain_text("https")
    screenshot(admin, "3-carddav")


def test_another_account_is_read_once(empty, google, admin, phone_admin, dolibarr, screenshot):
    connect(admin, dolibarr)
    google.phone(op="create", user="other@example.com", person={"names": [{"givenName": "Nora", "familyName": "Haddad"}], "emailAddresses": [{"value": "nora@haddad.example"}]})
    admin.goto(f"{dolibarr}{PAGE}?source=other")
    screenshot(admin, "1-before")
    admin.click("input[type=submit].button.small >> nth=-1")
    expect(admin.locator("body")).to_contain_text("See and download your contacts")
    expect(admin.locator("body")).not_to_contain_text("permanently delete")
    screenshot(admin, "2-consent")
    admin.locator("input[name=account]").nth(1).check()
    admin.locator("#allow").click()
    expect(admin.locator("tr[data-candidate]")).to_have_count(1)
    expect(admin.locator(".gcontacts")).to_contain_text("other@example.com")
    screenshot(admin, "3-list")
    # The account that is connected here is refused, in the reader's language and on a phone
    empty("MAIN_LANG_DEFAULT=fr_FR", "THEME_DARKMODEENABLED=2")
    connect(admin, dolibarr)
    phone_admin.goto(f"{dolibarr}{PAGE}?source=other")
    phone_admin.click("input[type=submit].button.small >> nth=-1")
    phone_admin.locator("input[name=account]").first.check()
    phone_admin.locator("#allow").click()
    expect(phone_admin.locator(".jnotify-message, .jnotify-notification").first).to_contain_text("est connecté à ce Dolibarr")
    screenshot(phone_admin, "4-refused-french-dark-phone")
    assert phone_admin.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_label_of_the_automatic_import_is_chosen(empty, google, admin, dolibarr, screenshot):
    empty("GCONTACTS_AUTO_IMPORT=1", "MAIN_LANG_DEFAULT=fr_FR")
    connect(admin, dolibarr)
    google.phone(op="create_group", group="Salon 2026")
    admin.goto(f"{dolibarr}/custom/gcontacts/admin/setup.php")
    admin.select_option("#GCONTACTS_AUTO_IMPORT_LABEL", label="Salon 2026")
    submit(admin, admin.locator("#options .button-save"))
    expect(admin.locator("#GCONTACTS_AUTO_IMPORT_LABEL option:checked")).to_have_text("Salon 2026")
    admin.locator("#GCONTACTS_AUTO_IMPORT_LABEL").scroll_into_view_if_needed()
    screenshot(admin, "1-setup")
    name = somebody(google, "Zoé", "Lefèvre", "zoe@durand.example")
    google.phone(op="add_to_group", name=name, group="Salon 2026")
    somebody(google, "Ben", "Okafor")
    admin.goto(f"{dolibarr}{PAGE}?source=label")
    expect(admin.locator("tr[data-candidate]")).to_have_count(1)
    screenshot(admin, "2-list")
