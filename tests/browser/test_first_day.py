# SPDX-License-Identifier: GPL-3.0-or-later
"""A salesperson's first day: a number is corrected on the phone, seen red, taken, seen green; and why a private contact is not there."""

import pathlib
import subprocess

import pytest
from playwright.sync_api import expect

from conftest import PATIENCE, PHONE, log_in, submit
from test_setup import connect
from test_tab import correct_on_the_phone, new_contact, pull

WIDE = {"viewport": {"width": 1280, "height": 900}}
DIFFERS = "rgb(200, 64, 42)"

SAID = {
    "en_US": {"differs": "Differs", "changed": "Changed on the phone: Mobile phone.", "private": "Private contact: it never leaves Dolibarr.", "left_out": "Left out"},
    "fr_FR": {"differs": "Différent", "changed": "Modifié sur le téléphone : Téléphone portable.", "private": "Contact privé : il ne quitte jamais Dolibarr.", "left_out": "Non concerné"},
}


@pytest.fixture
def salesperson():
    """Makes the user vera."""
    done = subprocess.run(["php", str(pathlib.Path(__file__).parent / "salesperson.php")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def new_private_contact(page, dolibarr):
    page.goto(f"{dolibarr}/contact/card.php?action=create")
    page.fill("[name=lastname]", "Secretan")
    page.select_option("[name=priv]", "1", force=True)
    submit(page, page.locator("input[name=add], input[name=save]").first)


def colour(locator):
    return locator.evaluate("node => getComputedStyle(node).color")


def fits(page):
    wider = page.evaluate(
        """() => [...document.querySelectorAll('.gcontacts, .gcontacts *')]
            .filter(it => it.checkVisibility() && !it.closest('.div-table-responsive') && it.getBoundingClientRect().right > screen.width + 1)
            .map(it => it.outerHTML.slice(0, 120))"""
    )
    assert page.viewport_size["width"] > 400 or wider == []


@pytest.mark.parametrize(("language", "dark", "size"), [("en_US", "0", WIDE), ("fr_FR", "2", PHONE)], ids=["wide", "phone"])
def test_the_first_day(empty, google, admin, salesperson, chromium, dolibarr, screenshot, language, dark, size):
    empty(f"MAIN_LANG_DEFAULT={language}", f"THEME_DARKMODEENABLED={dark}")
    connect(admin, dolibarr)
    # At her desk, with both contacts typed there; then where she reads
    office = chromium.new_context(locale="en-US", **WIDE)
    office.set_default_timeout(PATIENCE)
    desk = log_in(office.new_page(), dolibarr, "vera")
    new_private_contact(desk, dolibarr)
    new_contact(desk, dolibarr, google)
    tab = desk.url
    context = chromium.new_context(locale="en-US", **size)
    context.set_default_timeout(PATIENCE)
    vera = log_in(context.new_page(), dolibarr, "vera")
    said = SAID[language]
    correct_on_the_phone(admin, google, "0612345679")
    pull()
    vera.goto(tab)
    mobile = vera.locator("tr[data-key=phone_mobile]")
    expect(mobile).to_contain_text(said["differs"])
    assert colour(mobile.locator("td bdi").last) == DIFFERS
    expect(vera.locator(".gcontacts-reason")).to_have_text(said["changed"])
    screenshot(vera, "1-red")
    fits(vera)
    mobile.locator("input[type=checkbox]").check()
    vera.locator("input[name=take]").click()
    expect(vera.locator(".gcontacts-state")).to_have_class("gcontacts-state gcontacts-state-in_sync")
    expect(mobile).not_to_contain_text(said["differs"])
    expect(mobile.locator("td bdi").first).to_contain_text("0612345679")
    screenshot(vera, "2-green")
    fits(vera)
    vera.goto(f"{dolibarr}/custom/gcontacts/check.php?mainmenu=companies&leftmenu=gcontacts")
    private = vera.locator("tr.oddeven", has_text="Secretan")
    expect(private.locator(".gcontacts-state")).to_have_text(said["left_out"])
    expect(private.locator(".gcontacts-cell-reason")).to_have_text(said["private"])
    expect(vera.locator("tr.oddeven", has_text="Lefèvre").locator(".gcontacts-state")).to_have_class("gcontacts-state gcontacts-state-in_sync")
    expect(vera.get_by_role("button", name="Check everything now")).to_have_count(0)
    screenshot(vera, "3-why")
    fits(vera)
    context.close()
    office.close()
