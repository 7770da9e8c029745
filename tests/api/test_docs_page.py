"""The API's page is sound as a document: every field it names is followed by what it is."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_every_term_has_its_description(client: Client) -> None:
    page = client.get("/api/v1/docs").content.decode()
    for fields in re.findall(r"<dl.*?</dl>", page, re.DOTALL):
        assert fields.count("<dt>") == fields.count("<dd>") > 0
