"""The forms of a recall's file, as a browser sends them to the desk."""

import re
from html import unescape
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from recalldesk.recalls.editing.sections import Section
from recalldesk.recalls.keeping import written_file
from tests.recalls.editing.files import tables
from tests.recalls.editing.forms import Form, form_of

FORM = "application/x-www-form-urlencoded"


def section_url(slug: str, section: Section) -> str:
    """The address of a section's form."""
    return reverse("console:recall_section", args=[slug, section.name])


def hidden_in(page: str) -> dict[str, str]:
    """What a form sends that nobody typed."""
    found = re.findall(r'<input type="hidden" name="(seen|was)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def opened(client: Client, address: str) -> dict[str, str]:
    """A form's page: what it sends that nobody typed."""
    response = client.get(address)
    assert response.status_code == 200, address
    return hidden_in(response.content.decode())


def send(client: Client, address: str, form: Form, **more: str) -> HttpResponse:
    """Sends a form as a browser does."""
    return client.post(address, urlencode({**form, **more}, doseq=True), content_type=FORM)


def text_of(slug: str) -> str:
    """The recall's file as it stands now."""
    file = written_file(slug)
    assert file is not None
    return file.text


def form_now(slug: str, section: Section) -> Form:
    """The form of a section as the page shows it now."""
    return form_of(section, tables(text_of(slug)))


def save(
    client: Client, slug: str, section: Section, typed: Form | None = None, do: str = "save"
) -> HttpResponse:
    """Opens a section, types, and presses a button."""
    address = section_url(slug, section)
    hidden = opened(client, address)
    return send(client, address, form_now(slug, section) | (typed or {}), **hidden, do=do)
