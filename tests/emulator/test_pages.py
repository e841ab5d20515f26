# SPDX-License-Identifier: GPL-3.0-or-later
"""A person in a browser: gives consent, looks at the address book, corrects it."""

import urllib.parse

import pytest
from playwright.sync_api import expect, sync_playwright

BACK = "http://localhost:18198/callback"
PERSON = {
    "names": [{"givenName": "Marie", "familyName": "Curie"}],
    "phoneNumbers": [{"value": "01 23 45 67 89", "type": "work"}, {"value": "06 12 34 56 78", "type": "mobile"}],
}


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def ask(emulator, page):
    client = {"client_id": "c", "client_secret": "s", "redirect_uris": [BACK], "name": "A test"}
    emulator.control("/_config", {"clients": [client]})
    # Nobody listens there: the browser's way back is answered here.
    page.route("http://localhost:18198/**", lambda route: route.fulfill(body="back"))
    query = {
        "client_id": "c",
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": "openid email https://www.googleapis.com/auth/contacts",
        "state": "s1",
    }
    page.goto(f"{emulator.url}/o/oauth2/v2/auth?{urllib.parse.urlencode(query)}")


def returned(page):
    page.wait_for_url(f"{BACK}?*")
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page.url).query))


def test_allow(emulator, page):
    ask(emulator, page)
    page.get_by_text("other@example.com").click()
    page.locator("#allow").click()
    answer = returned(page)
    assert answer["code"].startswith("4/0A")
    assert answer["state"] == "s1"
    granted = emulator.control("/_state?user=other@example.com")["grants"]
    assert "https://www.googleapis.com/auth/contacts" in granted[0]["scopes"]


def test_a_box_can_be_unticked(emulator, page):
    ask(emulator, page)
    page.get_by_label("See, edit, download, and permanently delete your contacts").uncheck()
    page.locator("#allow").click()
    assert "auth/contacts" not in returned(page)["scope"]


def test_cancel(emulator, page):
    ask(emulator, page)
    page.locator("#cancel").click()
    assert returned(page)["error"] == "access_denied"


def test_correct_a_number_on_the_phone(emulator, page):
    name = emulator.control("/_phone", {"op": "create", "person": PERSON})["resourceName"]
    page.goto(emulator.url)
    card = page.locator(f'article.card[data-name="{name}"]')
    expect(card.locator(".name")).to_have_text("Marie Curie")
    phones = card.locator('li.value[data-kind="phone"]')
    expect(phones.locator(".text")).to_have_text(["01 23 45 67 89", "06 12 34 56 78"])
    expect(phones.locator(".label")).to_have_text(["Work", "Mobile"])

    second = phones.nth(1)
    second.locator("summary").click()
    second.get_by_label("Phone", exact=True).fill("07 00 00 00 00")
    second.get_by_role("button", name="Save").click()
    expect(phones.locator(".text")).to_have_text(["01 23 45 67 89", "07 00 00 00 00"])
    assert emulator.state()["contacts"][0]["phoneNumbers"][1]["value"] == "07 00 00 00 00"


def test_make_and_delete_a_card(emulator, page):
    page.goto(emulator.url)
    expect(page.locator("#empty")).to_be_visible()
    page.locator("#new summary").click()
    page.locator("#new").get_by_label("First name").fill("Jean")
    page.locator("#new").get_by_label("Phone").fill("06 98 76 54 32")
    page.locator("#new").get_by_role("button", name="Save").click()
    card = page.locator("article.card")
    expect(card.locator(".name")).to_have_text("Jean")
    expect(card.locator(".chip")).to_have_text(["My Contacts"])
    card.locator(".more summary").click()
    card.get_by_role("button", name="Delete this card").click()
    expect(page.locator("#empty")).to_be_visible()
    assert len(emulator.state()["trash"]) == 1


def test_filter_by_label_and_switch_the_account(emulator, page):
    emulator.control("/_phone", {"op": "create_group", "group": "Onelog"})
    name = emulator.control("/_phone", {"op": "create", "person": PERSON})["resourceName"]
    emulator.control("/_phone", {"op": "create", "person": {"names": [{"givenName": "Jean"}]}})
    emulator.control("/_phone", {"op": "add_to_group", "name": name, "group": "Onelog"})
    page.goto(emulator.url)
    expect(page.locator("article.card")).to_have_count(2)
    page.locator("#labels").get_by_text("Onelog").click()
    expect(page.locator("article.card .name")).to_have_text(["Marie Curie"])
    expect(page.locator("article.card .chip")).to_have_text(["My Contacts", "Onelog"])
    page.locator("#accounts").get_by_text("other@example.com").click()
    expect(page.locator("#empty")).to_be_visible()
