"""Whoever steals the database reads no contact and no serial of an owner."""

import base64
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from recalldesk.outreach.actions import ask_to_be_told
from recalldesk.outreach.models import GrowthWatch
from recalldesk.recalls.models import RecallVersion
from recalldesk.sealing.fields_of_rows import opened
from tests.cast import FAR, SLUG
from tests.dumped import dump_of_files, dump_of_the_database, traces_of

CONTACT = "Zoe.Owner@home.example"
TEXT = "Zoë Ångström"


@pytest.mark.django_db
def test_a_dump_of_the_database_shows_neither_contact_nor_serial(
    published_recall: RecallVersion,
) -> None:
    ask_to_be_told(recall_slugs=[SLUG], contact=CONTACT, serial=FAR, language="en")
    wish = GrowthWatch.objects.get()
    assert (opened(wish, "sealed_contact"), opened(wish, "sealed_serial")) == (
        CONTACT.lower(),
        FAR,
    )
    dump = dump_of_the_database()
    assert b"outreach_growthwatch" in dump
    assert bytes(wish.sealed_contact) in dump
    assert traces_of(SLUG, dump), "the looker sees what is in clear"
    for personal in (CONTACT, CONTACT.partition("@")[0], "home.example", FAR):
        assert traces_of(personal, dump) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("utf-8", "a row with ZOË ÅNGSTRÖM in it".encode()),
        ("utf-16", TEXT.encode("utf-16-le")),
        ("base64", base64.b64encode(b"x" + TEXT.encode() + b"y")),
        ("hex", TEXT.encode().hex().encode()),
        ("percent", quote(TEXT).encode()),
        ("escaped", b"Zo\\u00eb \\u00c5ngstr\\u00f6m"),
    ],
)
def test_what_stands_in_bytes_of_the_database_is_seen(form: str, written: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (value bytea, words text)")
        cursor.execute("INSERT INTO kept VALUES (%s, '')", [written])
        assert form in traces_of(TEXT, dump_of_the_database())


@pytest.mark.django_db
def test_what_stands_in_a_text_or_a_json_of_the_database_is_seen() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (words text, answers json)")
        cursor.execute("INSERT INTO kept VALUES (%s, NULL)", [f"a\t{TEXT.lower()}\n"])
        assert traces_of(TEXT, dump_of_the_database()) == ["utf-8"]
        cursor.execute(r"""UPDATE kept SET words = '', answers = '"Zo\u00eb \u00c5ngstr\u00f6m"'""")
        assert traces_of(TEXT, dump_of_the_database()) == ["escaped"]


def test_files_and_their_names_are_seen(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "photo").write_bytes(b"\xff" + TEXT.encode("utf-16-be"))
    assert traces_of(TEXT, dump_of_files(tmp_path)) == ["utf-16"]
    (tmp_path / "below" / "zoe.owner").touch()
    assert traces_of("Zoe.Owner", dump_of_files(tmp_path)) == ["utf-8"]
    assert traces_of("nobody", dump_of_files(tmp_path)) == []


@pytest.mark.parametrize("before", range(4))
def test_base64_is_seen_wherever_the_text_begins_in_it(before: int) -> None:
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        dump = encode(b"?" * before + TEXT.encode() + b"???")
        assert traces_of(TEXT, dump) == ["base64"]
