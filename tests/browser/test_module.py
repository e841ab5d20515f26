# SPDX-License-Identifier: GPL-3.0-or-later
"""The module in Dolibarr's own list of modules."""

from playwright.sync_api import expect

from conftest import submit

SWITCH_OFF = 'a[href*="value=modGContacts"][href*="action=reset"]'
SWITCH_ON = 'a[href*="value=modGContacts"][href*="action=set"]'


def test_the_module_is_switched_off_and_on(empty, admin, dolibarr, screenshot):
    listed = f"{dolibarr}/admin/modules.php?mode=commonkanban&search_keyword=gcontacts"
    admin.goto(listed)
    submit(admin, admin.locator(SWITCH_OFF).first)
    admin.goto(listed)
    expect(admin.locator(SWITCH_OFF)).to_have_count(0)
    screenshot(admin, "off")
    submit(admin, admin.locator(SWITCH_ON).first)
    admin.goto(listed)
    expect(admin.locator(SWITCH_ON)).to_have_count(0)
    screenshot(admin, "on")
    admin.goto(f"{dolibarr}/societe/index.php?mainmenu=companies")
    admin.locator('a[href*="/gcontacts/admin/setup.php"]').first.click()
    expect(admin.locator("#check-extension")).to_be_visible()
