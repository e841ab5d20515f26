# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests in a browser have in common: the site under test, its address book, and a page to drive.

`cargo xtask test --only browser` runs them; by hand, `cargo xtask site` keeps a site running, then:
`. DIR/site.env && target/python/bin/python -m pytest tests/browser`.
"""

import json
import os
import pathlib
import random
import shutil
import socket
import subprocess
import time
import urllib.request

import pytest
from playwright.sync_api import expect, sync_playwright

ADMINISTRATOR = "admin"
SITE_SCRIPTS = pathlib.Path(__file__).parent.parent / "dolibarr" / "site"

# A closed network is no fault of the pages: the browser must not look for its maker's servers.
CHROMIUM_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]

# Milliseconds that a page may take: a machine may be busy with other things
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)

# Dolibarr knows a phone by the browser's name
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "screen": {"width": 390, "height": 844},
    "user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    "is_mobile": True,
    "has_touch": True,
}


def required(name):
    value = os.environ.get(name)
    if not value:
        pytest.exit(f"{name} is not set: these tests need a site (cargo xtask site)", returncode=2)
    return value


class AddressBook:
    """The Google side, by its controls."""

    def __init__(self, url):
        self.url = url.rstrip("/")

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
        return json.loads(text) if text.strip() else {}

    def reset(self, redirect_uris):
        self.call("POST", "/_reset", {})
        client = {
            "client_id": "gcontacts-demo.apps.example",
            "client_secret": "demo-secret",
            "redirect_uris": redirect_uris,
            "testing": False,
        }
        self.call("POST", "/_config", {"clients": [client]})

    def state(self):
        return self.call("GET", "/_state")

    def fault(self, **fault):
        return self.call("POST", "/_faults", fault)

    def hold(self, match):
        """Makes such a call wait, once it is done, until all is calm."""
        self.fault(match=match, action={"latency": {"where": "after"}})

    def holds(self):
        return self.call("GET", "/_calls")["held"] > 0

    def calm(self):
        """Cancels the trouble that was ordered."""
        self.call("DELETE", "/_faults")

    def phone(self, **operation):
        return self.call("POST", "/_phone", operation)


@pytest.fixture(scope="session")
def dolibarr():
    """The address of Dolibarr."""
    return required("GCONTACTS_SITE_URL")


@pytest.fixture
def empty():
    """A Dolibarr without contacts, third parties and account, all options at their defaults.

    Called with NAME=VALUE it empties it again with these settings, until the test ends: the next test finds none of them.
    """
    chosen = {}

    def run(*settings):
        chosen.update(setting.split("=", 1) for setting in settings)
        script = pathlib.Path(__file__).parent / "empty.php"
        command = ["php", "-d", "display_errors=stderr", str(script), *(f"{name}={value}" for name, value in chosen.items())]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    run()
    yield run
    if chosen:
        chosen.clear()
        run()


@pytest.fixture
def french(empty):
    """Dolibarr in French, for everybody who chose nothing else."""
    empty("MAIN_LANG_DEFAULT=fr_FR")


@pytest.fixture
def dark(empty):
    """The dark theme, for everybody."""
    empty("THEME_DARKMODEENABLED=2")


@pytest.fixture
def database():
    """Runs a statement in the database of the site."""

    def run(statement):
        code = f'require "{SITE_SCRIPTS}/dolibarr.inc.php"; if (!$db->query($argv[1])) {{ stop($db->lasterror()); }}'
        done = subprocess.run(["php", "-r", code, "--", statement], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    return run


def until(happened, seconds=60):
    """Waits until something has happened, and gives what it says."""
    end = time.monotonic() + seconds
    while not (answer := happened()):
        assert time.monotonic() < end, f"it did not happen within {seconds} s"
        time.sleep(0.05)
    return answer


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port():
    """A port at which nobody listens, drawn below those that the kernel gives to whoever asks for any: a server takes a while to start."""
    return next(port for port in iter(lambda: random.randint(10_000, 29_999), None) if not listens(port))


def wait_for(port):
    """Waits until somebody listens there."""
    until(lambda: listens(port), 180)


@pytest.fixture
def bare_dolibarr():
    """The same Dolibarr served by a PHP without the extension."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name != "PHP_INI_SCAN_DIR"}
    command = ["php", "-d", "date.timezone=Europe/Paris", "-S", f"127.0.0.1:{port}", "-t", required("GCONTACTS_SITE_HTDOCS")]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
        server.terminate()


@pytest.fixture
def google(dolibarr):
    """An empty address book that lets this site ask for consent."""
    book = AddressBook(required("GCONTACTS_EMULATOR_URL"))
    book.reset([f"{dolibarr}/custom/gcontacts/admin/callback.php", "http://localhost"])
    return book


@pytest.fixture(scope="session")
def chromium():
    program = shutil.which("chromium")
    assert program, "chromium is not installed"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A page of a browser that knows nobody yet; a failed request of a page is shown by the test that fails."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    yield page
    context.close()


def log_in(page, dolibarr, login=ADMINISTRATOR):
    """Logs somebody in whose password is their login."""
    page.goto(f"{dolibarr}/index.php")
    page.fill("#username", login)
    page.fill("#password", login)
    page.click("input[type=submit], button[type=submit]")
    page.wait_for_selector("#id-top, #tmenu_tooltip", state="attached")
    return page


def submit(page, button):
    """Presses a button, and waits for the page that answers: what follows must not look at the one before."""
    with page.expect_navigation():
        button.click()


@pytest.fixture
def admin(page, dolibarr):
    """A page on which the administrator has logged in."""
    return log_in(page, dolibarr)


@pytest.fixture
def phone_admin(chromium, dolibarr):
    """The administrator in the browser of a phone."""
    context = chromium.new_context(locale="en-US", **PHONE)
    context.set_default_timeout(PATIENCE)
    yield log_in(context.new_page(), dolibarr)
    context.close()


@pytest.fixture
def screenshot(request):
    """Keeps a picture of a page: screenshot(page, "setup")."""
    folder = pathlib.Path(os.environ.get("GCONTACTS_SCREENSHOTS", pathlib.Path(__file__).parent / "screenshots"))
    folder.mkdir(parents=True, exist_ok=True)

    def keep(page, name):
        page.screenshot(path=folder / f"{request.node.name}-{name}.png", full_page=True)

    return keep
