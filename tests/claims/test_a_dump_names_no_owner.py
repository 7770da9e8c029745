"""Whoever steals the database or the file store reads nobody's name, serial, photo or account."""

from pathlib import Path

import pytest

from recalldesk.audit.states import Actor
from recalldesk.claims.access import mail_fresh_code
from recalldesk.claims.messages import write_message
from recalldesk.claims.moving import move_claim
from recalldesk.claims.states import ClaimState, FreshFor
from recalldesk.evidence.actions import receive_photo
from recalldesk.evidence.files import put_picture
from recalldesk.evidence.states import PhotoKind
from recalldesk.incidents.actions import obtain_incident, tell_more
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from tests.cast import FAR, LOOK_ALIKE
from tests.claims.owner import ACCOUNT, KETTLE, MONEY, STREET, Owner, claim_of, the_recall
from tests.dumped import dump_of_files, dump_of_the_database, traces_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]

MADE_UP = Owner("Ólga Quispe-Ñandú", "olga.quispe@very-made-up.example", "+12025550143")
ADDRESS = STREET | {"street_address": "4711 Imaginary Crossing", "city": "Nowhereville"}
MESSAGE = "My daughter Xiomara's hand was burned."
PICTURE = b"\xff\xd8 a made-up picture of a made-up label \xff\xd9"


def tokens_of_links() -> list[str]:
    """What opens a claim, out of all letters."""
    secrets = [
        word
        for row in Mailing.objects.exclude(sealed_content=b"")
        for word in content_of(row).text.split()
        if "/claims/link/" in word
    ]
    assert len(secrets) > 3
    return [secret.rpartition("/")[2] for secret in secrets]


def everything_there_is() -> list[str]:
    """Files claims with all that can be given; returns what must not be read."""
    owner = Owner(MADE_UP.name, MADE_UP.email, MADE_UP.phone, ADDRESS)
    filing = owner.files(LOOK_ALIKE, remedy=KETTLE, photos=True)
    owner.files(FAR, remedy=MONEY)
    photo = receive_photo(
        evidence_set=claim_of(filing).evidence, kind=PhotoKind.OTHER, chunks=[PICTURE]
    )
    put_picture(photo, PICTURE)
    write_message(filing_id=filing.pk, text=MESSAGE, nonce="n1")
    mail_fresh_code(filing=filing, purpose=FreshFor.ADDRESS)
    move_claim(
        claim=claim_of(filing),
        to=ClaimState.NEEDS_OWNER,
        actor=Actor.STAFF,
        actor_id=1,
        note="Quispe called from Imaginary Crossing.",
    )
    incident = obtain_incident(live=the_recall(), language="en")
    tell_more(
        incident_id=incident.pk,
        live=the_recall(),
        brand="tidewater",
        name=MADE_UP.name,
        contact=MADE_UP.email,
        account=MESSAGE,
        serial=LOOK_ALIKE,
    )
    return [
        *MADE_UP.name.split(),
        MADE_UP.email,
        "very-made-up",
        MADE_UP.phone,
        "2025550143",
        LOOK_ALIKE,
        FAR,
        *ADDRESS.values(),
        *ACCOUNT.values(),
        MESSAGE,
        "Xiomara",
        "made-up picture",
        "Imaginary Crossing",
        *tokens_of_links(),
    ]


def test_neither_the_database_nor_the_file_store_shows_any_of_it(photos_folder: Path) -> None:
    told = everything_there_is()
    dump = dump_of_the_database()
    files = dump_of_files(photos_folder)
    assert b"claims_filing" in dump
    assert len(files) > 500
    in_public = {"Illinois"}  # stands in no recall of the tests; a state's name is in none either
    for text in told:
        if len(text) >= 5 and text not in in_public:
            assert (text, traces_of(text, dump)) == (text, [])
            assert (text, traces_of(text, files)) == (text, [])


def test_what_is_looked_for_would_be_found(photos_folder: Path) -> None:
    everything_there_is()
    dump = dump_of_the_database()
    assert traces_of("tidewater", dump)
    assert traces_of("claims_claim", dump)
