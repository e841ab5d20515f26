# SPDX-License-Identifier: GPL-3.0-or-later
"""Google's own Python client drives every method of the People API that the emulator has."""

import base64
import json
import urllib.error
import urllib.parse
import urllib.request

import pytest
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

CONTACTS = "https://www.googleapis.com/auth/contacts"
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()


def person(given, **more):
    return {"names": [{"givenName": given}], **more}


def create(service, given, **more):
    return service.people().createContact(body=person(given, **more)).execute()


def refused(request):
    with pytest.raises(HttpError) as caught:
        request.execute()
    return caught.value


def membership(group):
    return {"contactGroupMembership": {"contactGroupResourceName": group}}


# people


def test_create_get_update_delete(emulator, service):
    made = service.people().createContact(
        body={
            "names": [{"givenName": "Marie", "familyName": "Curie"}],
            "phoneNumbers": [{"value": "01 23 45 67 89", "type": "work"}],
            "birthdays": [{"date": {"year": 1867, "month": 11, "day": 7}}],
            "clientData": [{"key": "gcontacts", "value": "c/1"}],
        },
        personFields="names,phoneNumbers,metadata,clientData",
    ).execute()
    assert made["names"][0]["displayName"] == "Marie Curie"
    assert made["phoneNumbers"][0]["canonicalForm"] == "+33123456789"
    assert made["clientData"][0]["value"] == "c/1"
    assert "birthdays" not in made

    read = service.people().get(resourceName=made["resourceName"], personFields="birthdays,metadata").execute()
    assert read["birthdays"][0]["date"] == {"year": 1867, "month": 11, "day": 7}
    assert read["metadata"]["sources"][0]["etag"] == made["metadata"]["sources"][0]["etag"]

    read["names"] = [{"givenName": "Maria"}]
    updated = service.people().updateContact(
        resourceName=made["resourceName"], updatePersonFields="names", body=read
    ).execute()
    assert updated["names"][0]["displayName"] == "Maria"
    assert updated["birthdays"]

    assert service.people().deleteContact(resourceName=made["resourceName"]).execute() == {}
    gone = refused(service.people().get(resourceName=made["resourceName"], personFields="names"))
    assert gone.status_code == 404
    assert gone.reason == "Requested entity was not found."
    assert len(emulator.state()["trash"]) == 1


def test_update_refuses_missing_and_stale_etags(service):
    made = create(service, "A")
    update = service.people().updateContact
    name = made["resourceName"]
    missing = refused(update(resourceName=name, updatePersonFields="names", body=person("B")))
    assert missing.status_code == 400
    assert missing.reason.startswith("Request must set person.etag or person.metadata.sources.etag")
    update(resourceName=name, updatePersonFields="names", body=person("B", etag=made["etag"])).execute()
    stale = refused(update(resourceName=name, updatePersonFields="names", body=person("C", etag=made["etag"])))
    assert stale.status_code == 400
    assert "Request person.etag is different than the current person.etag." in stale.reason
    # The client asks with alt=json, so the elder form of errors is there too.
    assert b'"failedPrecondition"' in stale.content


def test_people_me(service):
    me = service.people().get(resourceName="people/me", personFields="emailAddresses").execute()
    assert me["resourceName"] == "people/100000000000000000001"
    assert me["emailAddresses"][0]["value"] == "phone@example.com"


def test_get_batch_get_even_where_the_address_is_long(emulator, service):
    made = [create(service, f"P{index}")["resourceName"] for index in range(60)]
    names = made + [f"people/c{index}" for index in range(40)]
    answer = service.people().getBatchGet(resourceNames=names, personFields="names").execute()
    assert [one["httpStatusCode"] for one in answer["responses"]] == [200] * 60 + [404] * 40
    assert answer["responses"][59]["person"]["names"][0]["givenName"] == "P59"
    # The client has sent it as POST with X-HTTP-Method-Override.
    assert emulator.control("/_log")["entries"][-1]["method"] == "people.getBatchGet"


def test_connections_are_paged(emulator, service):
    assert service.people().connections().list(resourceName="people/me", personFields="names").execute() == {}
    emulator.control("/_seed", {"n": 25})
    listing = service.people().connections()
    request = listing.list(resourceName="people/me", personFields="names,metadata", pageSize=10)
    sizes = []
    while request is not None:
        answer = request.execute()
        sizes.append(len(answer["connections"]))
        assert answer["totalItems"] == 25
        request = listing.list_next(request, answer)
    assert sizes == [10, 10, 5]
    too_large = refused(listing.list(resourceName="people/me", personFields="names", pageSize=1001))
    assert too_large.status_code == 400


def test_sync_token(service):
    listing = service.people().connections()
    question = {"resourceName": "people/me", "personFields": "names,metadata", "requestSyncToken": True}
    made = create(service, "A")
    token = listing.list(**question).execute()["nextSyncToken"]
    service.people().deleteContact(resourceName=made["resourceName"]).execute()
    changed = listing.list(syncToken=token, **question).execute()
    assert changed["connections"][0]["metadata"]["deleted"] is True


def test_search(service):
    create(service, "Marie")
    search = service.people().searchContacts
    search(query="", readMask="names").execute()
    found = search(query="mar", readMask="names").execute()
    assert found["results"][0]["person"]["names"][0]["givenName"] == "Marie"


def test_photos(service):
    name = create(service, "A")["resourceName"]
    photo = {"photoBytes": PNG, "personFields": "photos"}
    answer = service.people().updateContactPhoto(resourceName=name, body=photo).execute()
    assert "default" not in answer["person"]["photos"][0]
    answer = service.people().deleteContactPhoto(resourceName=name, personFields="photos").execute()
    assert answer["person"]["photos"][0]["default"] is True


def test_batch_create(emulator, service):
    contacts = [{"contactPerson": person(given)} for given in ("A", "B", "C")]
    body = {"contacts": contacts, "readMask": "names,metadata"}
    answer = service.people().batchCreateContacts(body=body).execute()
    assert [one["person"]["names"][0]["givenName"] for one in answer["createdPeople"]] == ["A", "B", "C"]

    contacts[1]["contactPerson"]["names"].append({"givenName": "twice"})
    error = refused(service.people().batchCreateContacts(body=body))
    assert error.status_code == 400
    detail = error.error_details[0]
    assert detail["@type"] == "type.googleapis.com/google.people.v1.BatchCreateContactsErrorDetails"
    assert detail["contactErrors"] == {
        "1": {"code": 3, "message": "Cannot have more than one person.names per source."}
    }
    assert len(emulator.state()["contacts"]) == 3


def test_batch_update(service):
    made = [create(service, given) for given in ("A", "B")]
    body = {
        "contacts": {one["resourceName"]: person("New", etag=one["etag"]) for one in made},
        "updateMask": "names",
        "readMask": "names",
    }
    answer = service.people().batchUpdateContacts(body=body).execute()
    for one in made:
        assert answer["updateResult"][one["resourceName"]]["person"]["names"][0]["givenName"] == "New"
    stale = refused(service.people().batchUpdateContacts(body=body))
    assert stale.status_code == 400
    errors = stale.error_details[0]["contactErrors"]
    assert {one["resourceName"] for one in made} == set(errors)
    assert all(error["code"] == 9 for error in errors.values())


def test_batch_delete(emulator, service):
    names = [create(service, given)["resourceName"] for given in ("A", "B")]
    assert service.people().batchDeleteContacts(body={"resourceNames": names}).execute() == {}
    assert emulator.state()["contacts"] == []
    assert refused(service.people().batchDeleteContacts(body={"resourceNames": names})).status_code == 404


# contactGroups


def test_labels(service):
    groups = service.contactGroups()
    made = groups.create(body={"contactGroup": {"name": "Onelog"}}).execute()
    name = made["resourceName"]
    assert refused(groups.create(body={"contactGroup": {"name": "Onelog"}})).status_code == 409
    renamed = groups.update(
        resourceName=name, body={"contactGroup": {"name": "Dolibarr", "etag": made["etag"]}}
    ).execute()
    assert renamed["formattedName"] == "Dolibarr"

    contact = create(service, "A", memberships=[membership(name), membership("contactGroups/myContacts")])
    read = groups.get(resourceName=name, maxMembers=10).execute()
    assert read["memberResourceNames"] == [contact["resourceName"]]
    assert read["memberCount"] == 1
    both = groups.batchGet(resourceNames=[name, "contactGroups/nowhere"], groupFields="name").execute()
    assert both["responses"][0]["contactGroup"]["name"] == "Dolibarr"
    assert both["responses"][1]["status"]["code"] == 5

    assert groups.delete(resourceName=name).execute() == {}
    left = service.people().get(resourceName=contact["resourceName"], personFields="memberships").execute()
    assert len(left["memberships"]) == 1


def test_labels_are_paged(service):
    groups = service.contactGroups()
    for index in range(4):
        groups.create(body={"contactGroup": {"name": f"L{index}"}}).execute()
    request, names = groups.list(pageSize=5), []
    while request is not None:
        answer = request.execute()
        names += [group["name"] for group in answer["contactGroups"]]
        request = groups.list_next(request, answer)
    assert len(names) == 12
    assert names[-1] == "L3"
    assert "nextSyncToken" in answer


def test_members_modify(service):
    groups = service.contactGroups()
    label = groups.create(body={"contactGroup": {"name": "Onelog"}}).execute()["resourceName"]
    a, b = (create(service, given)["resourceName"] for given in ("A", "B"))
    modify = groups.members().modify
    answer = modify(resourceName=label, body={"resourceNamesToAdd": [a, "people/c42"]}).execute()
    assert answer == {"notFoundResourceNames": ["people/c42"]}
    answer = modify(resourceName="contactGroups/myContacts", body={"resourceNamesToRemove": [a, b]}).execute()
    assert answer == {"canNotRemoveLastContactGroupResourceNames": [b]}
    old = refused(modify(resourceName="contactGroups/friends", body={"resourceNamesToAdd": [a]}))
    assert old.status_code == 400


# the transport and the tokens


def test_unknown_members_are_told_where_they_are(service):
    error = refused(service.people().createContact(body={"names": [{"nom": "Curie"}]}))
    assert "Unknown name \"nom\" at 'person.names[0]': Cannot find field." in error.reason
    assert error.error_details[0]["fieldViolations"][0]["field"] == "person.names[0]"


def test_an_expired_token_is_refreshed_by_the_client(emulator, service):
    emulator.control("/_faults", {"match": "contactGroups.list", "action": "token_expired"})
    assert service.contactGroups().list().execute()["totalItems"] == 8
    counts = emulator.control("/_log")["counts"]
    assert counts["contactGroups.list"] == {"200": 1, "401": 1}
    assert counts["oauth.token"] == {"200": 1}


def test_a_withdrawn_consent_is_invalid_grant(emulator, service):
    emulator.control("/_faults", {"match": "read", "action": "grant_revoked"})
    with pytest.raises(RefreshError) as caught:
        service.contactGroups().list().execute()
    assert "invalid_grant" in str(caught.value)


def test_a_lost_answer_leaves_the_contact(emulator, service):
    emulator.control("/_faults", {"match": "people.createContact", "action": "drop_after"})
    create(service, "Lost")
    # httplib2 repeats a request whose connection was closed, and so makes a duplicate: the first was done.
    assert [one["names"][0]["givenName"] for one in emulator.state()["contacts"]] == ["Lost", "Lost"]
    assert emulator.control("/_log")["counts"]["people.createContact"] == {"200": 1, "dropped": 1}


def test_discovery_document_agrees_with_the_methods(service, emulator):
    """Every method of the client that the emulator does not have is one that it says it has not."""
    absent = {
        "people.listDirectoryPeople",
        "people.searchDirectoryPeople",
    }
    token = service._http.credentials.token
    missing = set()

    def walk(resources):
        for resource in resources.values():
            for method in resource.get("methods", {}).values():
                yield method
            yield from walk(resource.get("resources", {}))

    for method in walk(service._rootDesc["resources"]):
        path = "/" + method["flatPath"].replace("{peopleId}", "c1").replace("{contactGroupsId}", "x")
        path = path.replace("{otherContactsId}", "c1")
        request = urllib.request.Request(
            emulator.url + path, method=method["httpMethod"], headers={"Authorization": f"Bearer {token}"}
        )
        try:
            kind = urllib.request.urlopen(request).headers["content-type"]
        except urllib.error.HTTPError as error:
            kind = error.headers["content-type"]
        if kind.startswith("text/html"):
            missing.add(method["id"].removeprefix("people."))
    assert missing == absent


# consent


def test_a_consent_by_its_form(emulator):
    back = "http://localhost:8000/callback"
    client = {"client_id": "gcontacts-demo.apps.example", "client_secret": "demo-secret", "redirect_uris": [back]}
    emulator.control("/_config", {"clients": [client]})
    query = urllib.parse.urlencode(
        {
            "client_id": client["client_id"],
            "redirect_uri": back,
            "response_type": "code",
            "scope": f"openid email {CONTACTS}",
            "state": "s1",
            "access_type": "offline",
            "prompt": "consent",
        }
    )

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    address = f"{emulator.url}/o/oauth2/v2/auth?{query}"
    assert b'id="allow"' in urllib.request.urlopen(address).read()
    form = urllib.parse.urlencode({"decision": "allow", "account": "other@example.com"}).encode()
    with pytest.raises(urllib.error.HTTPError) as redirect:
        urllib.request.build_opener(Stay).open(address, data=form)
    location = urllib.parse.urlsplit(redirect.value.headers["location"])
    returned = dict(urllib.parse.parse_qsl(location.query))
    assert returned["state"] == "s1"
    form = urllib.parse.urlencode(
        {
            "grant_type": "authorization_code",
            "code": returned["code"],
            "redirect_uri": back,
            "client_id": client["client_id"],
            "client_secret": client["client_secret"],
        }
    ).encode()
    tokens = json.load(urllib.request.urlopen(emulator.url + "/token", data=form))
    assert tokens["refresh_token"]
    credentials = Credentials(token=tokens["access_token"])
    service = build(
        "people", "v1", credentials=credentials, static_discovery=True, client_options={"api_endpoint": emulator.url}
    )
    assert service.people().get(resourceName="people/me", personFields="metadata").execute()["resourceName"] == (
        "people/100000000000000000002"
    )
