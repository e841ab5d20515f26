# SPDX-License-Identifier: GPL-3.0-or-later
"""Check synchro: why a private contact is not on the phone, a full check, and cards that no contact knows."""

from playwright.sync_api import expect

from conftest import submit
from test_contact import card
from test_setup import connect
from test_tab import correct_on_the_phone, new_contact, pull

CHECK = "custom/gcontacts/check.php?mainmenu=companies&leftmenu=gcontacts"


def private_contact(page, dolibarr):
    page.goto(f"{dolibarr}/contact/card.php?action=create")
    page.fill("[name=lastname]", "Secretan")
    page.select_option("[name=priv]", "1", force=True)
    submit(page, page.locator("input[name=add], input[name=save]").first)


def test_a_salesperson_reads_why_somebody_is_not_on_the_phone(empty, google, admin, dolibarr, screenshot):
    connect(admin, dolibarr)
    new_contact(admin, dolibarr, google)
    private_contact(admin, dolibarr)
    correct_on_the_phone(admin, google, "0612345679")
    pull()
    admin.goto(f"{dolibarr}/{CHECK}")
    left_out = admin.locator("tr.oddeven", has_text="Secretan")
    expect(left_out.locator(".gcontacts-state")).to_have_text("Left out")
    expect(left_out.locator(".gcontacts-cell-reason")).to_contain_text("Private contact")
    differs = admin.locator("tr.oddeven", has_text="Lefèvre")
    expect(differs.locator(".gcontacts-cell-reason")).to_contain_text("Changed on the phone: Mobile phone.")
    screenshot(admin, "1-why")
    admin.locator("a.gcontacts-total", has_text="Differs").click()
    expect(admin.locator("tr.oddeven", has_text="Secretan")).to_have_count(0)
    expect(admin.locator("a.gcontacts-total[aria-current]")).to_contain_text("Differs")
    admin.locator(".gcontacts-all").check()
    assert admin.locator(".gcontacts-one").first.is_checked()


def test_a_full_check_finds_cards_that_no_contact_knows(empty, google, admin, dolibarr, screenshot):
    connect(admin, dolibarr)
    new_contact(admin, dolibarr, google)
    label = next(group["resourceName"] for group in google.state()["groups"] if group["name"] == "Onelog")
    stray = google.phone(op="create", person={"names": [{"givenName": "Jean", "familyName": "Inconnu"}]})["resourceName"]
    google.phone(op="add_to_group", name=stray, group=label)
    admin.goto(f"{dolibarr}/{CHECK}")
    admin.get_by_role("button", name="Check everything now").click()
    admin.locator(".gcontacts-notice a").click()
    expect(admin.locator("#run [data-tells=stateText]")).to_have_text("Done")
    screenshot(admin, "1-done")
    admin.goto(f"{dolibarr}/{CHECK}")
    admin.locator(".gcontacts-strays summary").click()
    screenshot(admin, "2-strays")
    admin.get_by_role("checkbox", name="Jean Inconnu").check()
    admin.locator(".gcontacts-strays input[type=submit]").click()
    expect(admin.locator(".gcontacts-strays")).to_have_count(0)
    memberships = card(google, family="Inconnu")["memberships"]
    assert label not in str(memberships)


def test_the_page_fits_a_phone_in_french_and_in_the_dark(empty, french, dark, google, phone_admin, dolibarr, screenshot):
    connect(phone_admin, dolibarr)
    private_contact(phone_admin, dolibarr)
    phone_admin.goto(f"{dolibarr}/{CHECK}")
    expect(phone_admin.locator(".gcontacts-cell-reason").first).to_contain_text("privé")
    width = phone_admin.evaluate("document.documentElement.scrollWidth")
    assert width <= 400, f"the page is {width} px wide on a phone of 390"
    screenshot(phone_admin, "phone")


def test_all_of_a_state_are_repaired_after_a_yes(empty, google, admin, dolibarr, database, screenshot):
    connect(admin, dolibarr)
    new_contact(admin, dolibarr, google)
    before = card(google, family="Lefèvre")["resourceName"]
    correct_on_the_phone(admin, google, "0612345679")
    pull()
    admin.goto(f"{dolibarr}/{CHECK}&state=differs")
    screenshot(admin, "1-buttons")
    group = admin.get_by_role("group", name="All in the state")
    group.get_by_role("button", name="Part from the card").click()
    question = admin.locator(".gcontacts-question")
    expect(question).to_contain_text("Contacts to be parted from their cards: 1")
    screenshot(admin, "2-question")
    question.get_by_role("button", name="Yes, part them").click()
    expect(question).to_be_visible()  # the browser wants the box ticked
    question.get_by_role("checkbox").check()
    question.get_by_role("button", name="Yes, part them").click()
    admin.locator(".gcontacts-notice a").click()
    expect(admin.locator("#run [data-tells=stateText]")).to_have_text("Done", timeout=60_000)
    screenshot(admin, "3-done")
    database(
        "INSERT INTO llx_gcontacts_run_item (entity, fk_run, element_type, fk_element, action, result, reason, datec)"
        " SELECT 1, MAX(rowid), 'contact', 1, 'part', 'left_out', 'no_card', NOW() FROM llx_gcontacts_run WHERE kind = 'part'"
    )
    admin.goto(f"{dolibarr}/{CHECK}")
    expect(admin.locator(".gcontacts-repaired")).to_contain_text("1 parted")
    expect(admin.locator(".gcontacts-repaired li")).to_contain_text("Left as they are: 1.")
    screenshot(admin, "4-told")
    assert all(person["resourceName"] != before for person in google.state()["contacts"])


def test_the_question_fits_a_phone_in_french_and_in_the_dark(empty, french, dark, google, phone_admin, dolibarr, screenshot):
    connect(phone_admin, dolibarr)
    private_contact(phone_admin, dolibarr)
    phone_admin.goto(f"{dolibarr}/{CHECK}&state=left_out")
    group = phone_admin.get_by_role("group", name="Tous ceux à l'état")
    group.get_by_role("button", name="Séparer de la fiche").click()
    expect(phone_admin.locator(".gcontacts-question")).to_contain_text("Contacts à séparer de leurs fiches : 1")
    width = phone_admin.evaluate("document.documentElement.scrollWidth")
    assert width <= 400, f"the page is {width} px wide on a phone of 390"
    screenshot(phone_admin, "phone")


def forgotten_label(page, dolibarr, google, database):
    """A label of ours that the database does not know, on our card and on one that is somebody else's."""
    new_contact(page, dolibarr, google)
    label = next(group["resourceName"] for group in google.state()["groups"] if group["name"] == "Onelog")
    own = google.phone(op="create", person={"names": [{"givenName": "Tante", "familyName": "Jeanne"}]})["resourceName"]
    google.phone(op="add_to_group", name=own, group=label)
    database("DELETE FROM llx_gcontacts_label")
    database("REPLACE INTO llx_const (name, entity, value, type) VALUES ('GCONTACTS_LABEL', 1, 'Phones', 'chaine')")
    page.goto(f"{dolibarr}/{CHECK}")
    page.locator("form:has([value=fullcheck]) [type=submit]").click()
    page.locator(".gcontacts-notice a").click()
    expect(page.locator("#run .badge-status4")).to_be_visible(timeout=60_000)
    page.goto(f"{dolibarr}/{CHECK}")
    return label


def test_a_forgotten_label_comes_off_our_cards(empty, google, admin, dolibarr, database, screenshot):
    connect(admin, dolibarr)
    label = forgotten_label(admin, dolibarr, google, database)
    admin.locator(".gcontacts-sourceless summary").click()
    screenshot(admin, "1-labels")
    admin.get_by_role("checkbox", name="Onelog").check()
    admin.get_by_role("button", name="Take the selected labels off").click()
    admin.locator(".gcontacts-notice a").click()
    expect(admin.locator("#run [data-tells=stateText]")).to_have_text("Done", timeout=60_000)
    screenshot(admin, "2-done")
    admin.goto(f"{dolibarr}/{CHECK}")
    expect(admin.locator(".gcontacts-repaired")).to_contain_text("Onelog: Take the label off – Done. Contacts that come from Dolibarr: 1.")
    expect(admin.locator(".gcontacts-repaired")).to_contain_text("The label stays")
    screenshot(admin, "3-told")
    assert label not in str(card(google, family="Lefèvre")["memberships"])
    assert label in str(card(google, family="Jeanne")["memberships"])


def test_the_labels_fit_a_phone_in_french_and_in_the_dark(empty, french, dark, google, admin, phone_admin, dolibarr, database, screenshot):
    connect(admin, dolibarr)
    forgotten_label(admin, dolibarr, google, database)
    phone_admin.goto(f"{dolibarr}/{CHECK}")
    phone_admin.locator(".gcontacts-sourceless summary").click()
    phone_admin.get_by_role("checkbox", name="Onelog").check()
    screenshot(phone_admin, "phone-1-labels")
    phone_admin.get_by_role("button", name="Retirer les libellés cochés").click()
    phone_admin.locator(".gcontacts-notice a").click()
    expect(phone_admin.locator("#run .badge-status4")).to_be_visible(timeout=60_000)
    phone_admin.goto(f"{dolibarr}/{CHECK}")
    width = phone_admin.evaluate("document.documentElement.scrollWidth")
    assert width <= 400, f"the page is {width} px wide on a phone of 390"
    screenshot(phone_admin, "phone-2-told")
