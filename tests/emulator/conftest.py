# SPDX-License-Identifier: GPL-3.0-or-later
"""A running emulator for each test module, and Google's own client of it."""

import json
import os
import pathlib
import subprocess
import urllib.request

import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build

CONTACTS = "https://www.googleapis.com/auth/contacts"
ROOT = pathlib.Path(__file__).resolve().parents[2]


class Emulator:
    """The program, and its controls."""

    def __init__(self, program):
        self.process = subprocess.Popen([program, "--port", "0"], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("people-emulator listening on http://127.0.0.1:"), line
        self.url = line.split()[-1]

    def control(self, path, body=None, verb=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, method=verb)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def state(self):
        return self.control("/_state")

    def end(self):
        self.process.terminate()
        assert self.process.wait(timeout=60) == 0, "SIGTERM must end the program well"


@pytest.fixture(scope="session")
def program():
    path = pathlib.Path(os.environ.get("PEOPLE_EMULATOR", ROOT / "target/debug/people-emulator"))
    assert path.exists(), f"{path} is not there: cargo build -p people-emulator, or set PEOPLE_EMULATOR"
    return str(path)


@pytest.fixture(scope="module")
def running(program):
    emulator = Emulator(program)
    yield emulator
    emulator.end()


@pytest.fixture
def emulator(running):
    running.control("/_reset", {})
    return running


@pytest.fixture
def service(emulator):
    tokens = emulator.control("/_token", {"scopes": ["openid", "email", CONTACTS]})
    credentials = Credentials(
        token=tokens["access_token"],
        refresh_token=tokens["refresh_token"],
        token_uri=emulator.url + "/token",
        client_id="gcontacts-demo.apps.example",
        client_secret="demo-secret",
    )
    return build(
        "people",
        "v1",
        credentials=credentials,
        static_discovery=True,
        client_options={"api_endpoint": emulator.url},
    )
