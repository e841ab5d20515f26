# SPDX-License-Identifier: GPL-3.0-or-later
"""The export by Google's own Python client: labels, then batches of 200.

Arguments: the file of persons, the emulator's address, an access token.
"""

import json
import sys

from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build

BATCH = 200


def membership(group):
    return {"contactGroupMembership": {"contactGroupResourceName": group}}


def main(file, google, token):
    with open(file, encoding="utf-8") as text:
        wanted = json.load(text)
    service = build(
        "people",
        "v1",
        credentials=Credentials(token=token),
        static_discovery=True,
        client_options={"api_endpoint": google},
    )
    groups = {"myContacts": "contactGroups/myContacts"}
    for name in wanted["labels"]:
        made = service.contactGroups().create(body={"contactGroup": {"name": name}}).execute()
        groups[name] = made["resourceName"]
    people = wanted["people"]
    for start in range(0, len(people), BATCH):
        contacts = []
        for person in people[start : start + BATCH]:
            memberships = [membership(groups[name]) for name in person["labels"]]
            contacts.append({"contactPerson": person["body"] | {"memberships": memberships}})
        body = {"contacts": contacts, "readMask": wanted["fields"], "sources": ["READ_SOURCE_TYPE_CONTACT"]}
        answer = service.people().batchCreateContacts(body=body).execute()
        for made in answer["createdPeople"]:
            assert made["person"]["resourceName"]


main(*sys.argv[1:])
