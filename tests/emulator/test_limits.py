# SPDX-License-Identifier: GPL-3.0-or-later
"""Google's own Python client meets quotas, broken answers, late reads and the grant of a service account."""

import base64
import http.client

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from google.auth.exceptions import RefreshError
from google.oauth2 import service_account
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

CONTACTS = "https://www.googleapis.com/auth/contacts"
ACCOUNT = "sync@project.iam.example"


def create(service, given="Marie"):
    return service.people().createContact(body={"names": [{"givenName": given}]}).execute()


def test_a_quota_is_told_with_its_metric(emulator, service):
    emulator.control("/_config", {"quotas": {"critical_write": 0}})
    with pytest.raises(HttpError) as caught:
        create(service)
    assert caught.value.status_code == 429
    assert caught.value.error_details[0]["metadata"]["quota_metric"] == "people.googleapis.com/critical_write_requests"
    assert emulator.state()["contacts"] == []


def test_a_truncated_answer_is_an_error_of_a_call_that_is_done(emulator, service):
    emulator.control("/_faults", {"match": "people.createContact", "action": "truncate"})
    with pytest.raises(http.client.IncompleteRead):
        create(service)
    assert len(emulator.state()["contacts"]) == 1


def test_a_late_sync_loses_nothing(emulator, service):
    emulator.control("/_config", {"sync_propagation_s": 600})
    connections = service.people().connections()
    asked = {"resourceName": "people/me", "personFields": "names,metadata", "requestSyncToken": True}
    create(service)
    full = connections.list(**asked).execute()
    assert "connections" not in full
    emulator.control("/_clock", {"advance_s": 601})
    late = connections.list(**asked, syncToken=full["nextSyncToken"]).execute()
    assert late["connections"][0]["names"][0]["givenName"] == "Marie"


@pytest.fixture
def key(emulator):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    numbers = key.public_key().public_numbers()

    def part(number):
        return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8)).rstrip(b"=").decode()

    account = {
        "client_email": ACCOUNT,
        "public_key": {"n": part(numbers.n), "e": part(numbers.e)},
        "delegated_domain": "example.com",
        "delegated_scopes": [CONTACTS],
    }
    emulator.control("/_config", {"service_accounts": [account]})
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def delegated(emulator, key, user):
    info = {"client_email": ACCOUNT, "private_key": key, "token_uri": emulator.url + "/token"}
    credentials = service_account.Credentials.from_service_account_info(info, scopes=[CONTACTS], subject=user)
    return build(
        "people", "v1", credentials=credentials, static_discovery=True, client_options={"api_endpoint": emulator.url}
    )


def test_a_service_account_acts_for_a_user_of_its_domain(emulator, key):
    create(delegated(emulator, key, "other@example.com"), "Ada")
    assert emulator.control("/_state?user=other@example.com")["contacts"][0]["names"][0]["givenName"] == "Ada"
    with pytest.raises(RefreshError, match="unauthorized_client"):
        create(delegated(emulator, key, "other@elsewhere.example"))
