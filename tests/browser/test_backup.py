# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup, clean-up and restore on the page of operations."""

import json

import pytest
import vobject
from playwright.sync_api import expect

from conftest import submit
from test_operations import OPERATIONS, contacts, fits, press, wait_for_end  # noqa: F401: contacts is a fixture
from test_setup import connect


@pytest.fixture
def exported(empty, google, admin, dolibarr, contacts):  # noqa: F811
    """An account with a card of its own, and all contacts sent."""
    google.phone(op="create", person={"names": [{"givenName": "Alice", "familyName": "Personne1"}], "emailAddresses": [{"value": "personne1@example.com"}], "nicknames": [{"value": "Lili"}]})
    contacts(12)
    connect(admin, dolibarr)
    admin.goto(dolibarr + OPERATIONS)
    return admin


def export(page):
    press(page, "start_preview")
    expect(page.locator("#export table.gcontacts-preview")).to_be_visible(timeout=60_000)
    press(page, "start_export")
    wait_for_end(page)


def names(google):
    return sorted(card["names"][0].get("familyName", "") for card in google.state()["contacts"])


def test_backup_clean_up_restore(exported, google, dolibarr, screenshot, tmp_path):
    page = exported
    expect(page.locator("#backup")).to_contain_text("Make one before the first export")
    screenshot(page, "1-before")
    export(page)
    before = names(google)
    assert len(before) == 12
    press(page, "start_backup")
    wait_for_end(page)
    page.goto(dolibarr + OPERATIONS)
    with page.expect_download() as got:
        page.locator("#backup table a").first.click()
    got.value.save_as(tmp_path / "backup.json")
    assert len(json.loads((tmp_path / "backup.json").read_text())["cards"]) == 12
    with page.expect_download() as got:
        page.locator("#backup table a", has_text="vCards").click()
    assert got.value.suggested_filename.endswith(".vcf")
    got.value.save_as(tmp_path / "backup.vcf")
    # Read by a library that shares nothing with the one that wrote it
    cards = list(vobject.readComponents((tmp_path / "backup.vcf").read_text(encoding="utf-8")))
    assert sorted(card.n.value.family for card in cards) == before
    assert {card.version.value for card in cards} == {"4.0"}
    mails = {mail["value"] for card in google.state()["contacts"] for mail in card.get("emailAddresses", [])}
    assert {mail.value for card in cards for mail in card.contents.get("email", [])} == mails
    assert {label for card in cards for entry in card.contents["categories"] for label in entry.value} == {"Onelog"}
    assert ["Lili"] in [[nick.value for nick in card.contents.get("nickname", [])] for card in cards]

    page.goto(dolibarr + OPERATIONS)
    page.locator("#cleanup details summary").first.click()
    screenshot(page, "2-clean-up-preview")
    page.fill("#cleanup-account", "somebody@else.example")
    press(page, "start_cleanup")
    expect(page.locator("body")).to_contain_text("Nothing was done: type the address")
    assert len(names(google)) == 12
    page.fill("#cleanup-account", page.locator("label[for=cleanup-account]").inner_text().split(": ")[1].strip())
    press(page, "start_cleanup")
    wait_for_end(page)
    expect(page.locator("#run")).to_contain_text("gone from Google")
    screenshot(page, "3-cleaned")
    assert names(google) == ["Personne1"]
    assert "emailAddresses" in google.state()["contacts"][0]

    press(page, "start_restore")
    wait_for_end(page)
    page.goto(dolibarr + OPERATIONS)
    expect(page.locator("#restore")).to_contain_text("No longer at Google, made again: 11")
    screenshot(page, "4-restore-preview")
    submit(page, page.locator("#restore input[type=submit]"))
    wait_for_end(page)
    assert names(google) == before


def test_a_run_is_put_back_from_its_log(exported, google, dolibarr, screenshot):
    page = exported
    export(page)
    page.goto(dolibarr + OPERATIONS)
    page.fill("#cleanup-account", page.locator("label[for=cleanup-account]").inner_text().split(": ")[1].strip())
    press(page, "start_cleanup")
    wait_for_end(page)
    page.locator("#run a").click()
    screenshot(page, "1-log")
    submit(page, page.locator("button[form=restore-item]").first)
    wait_for_end(page)
    page.goto(dolibarr + OPERATIONS)
    expect(page.locator("#restore")).to_contain_text("No longer at Google, made again: 1")
    submit(page, page.locator("#restore input[type=submit]"))
    wait_for_end(page)
    assert len(names(google)) == 2


def test_on_a_phone(exported, phone_admin, dolibarr, screenshot):
    export(exported)
    phone_admin.goto(dolibarr + OPERATIONS)
    press(phone_admin, "start_backup")
    wait_for_end(phone_admin)
    phone_admin.goto(dolibarr + OPERATIONS)
    screenshot(phone_admin, "1")
    assert fits(phone_admin) == []


def test_in_french_and_dark(french, dark, exported, dolibarr, screenshot):
    page = exported
    export(page)
    press(page, "start_backup")
    wait_for_end(page)
    page.goto(dolibarr + OPERATIONS)
    expect(page.locator("#cleanup")).to_contain_text("Pour commencer, saisissez")
    screenshot(page, "1")
