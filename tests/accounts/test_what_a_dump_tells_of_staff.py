"""Who reads the database signs in as nobody: neither sessions nor second factors stand in clear."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection
from django.test import Client

from recalldesk.accounts.desk_sessions import remove_ended
from recalldesk.accounts.factor_secrets import FactorSecrets
from recalldesk.accounts.models import DeskSession
from recalldesk.accounts.permissions import Role
from recalldesk.sealing import rotation, vault
from tests.at_the_desk import SECRET, code_of, sign_in, staff, with_app
from tests.dumped import dump_of_the_database, traces_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder", "quick_passwords")]


def test_a_dump_shows_no_secret_of_a_second_factor() -> None:
    person = with_app(staff(Role.REVIEWER))
    codes = RecoveryCodes.activate(person)
    dump = dump_of_the_database()
    assert b"mfa_authenticator" in dump
    assert traces_of(SECRET, dump) == []
    for code in codes.generate_codes():
        assert traces_of(code, dump) == []


def test_a_dump_shows_neither_the_key_of_a_session_nor_what_is_in_it(client: Client) -> None:
    sign_in(client, staff(Role.REVIEWER))
    session = client.session
    session["noted"] = "somebody-made-up"
    session.save()
    assert session.session_key
    dump = dump_of_the_database()
    assert b"accounts_desksession" in dump
    assert traces_of(session.session_key, dump) == []
    assert traces_of("somebody-made-up", dump) == []
    assert client.get("/desk/").status_code == 200


def test_a_session_under_no_known_key_is_none(client: Client) -> None:
    sign_in(client, staff(Role.REVIEWER))
    DeskSession.objects.update(session_data=b"\x01no such thing")
    assert client.get("/desk/").status_code == 303


def test_a_rotation_reaches_the_secrets_and_they_go_on_working() -> None:
    person = with_app(staff(Role.REVIEWER))
    RecoveryCodes.activate(person)
    codes = RecoveryCodes.activate(person).generate_codes()
    before = dict(Authenticator.objects.values_list("type", "data"))
    assert FactorSecrets().count().total() == 2
    rotation.rotate()
    after = dict(Authenticator.objects.values_list("type", "data"))
    assert before["totp"] != after["totp"]
    assert set(FactorSecrets().count()) == {f"{vault.DESK}/2"}
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_of())
    assert RecoveryCodes.activate(person).generate_codes() == codes


def test_a_secret_that_opens_under_no_key_is_named_and_stops_nothing() -> None:
    with_app(staff(Role.REVIEWER))
    spoiled = staff(Role.AUDITOR)
    with_app(spoiled)
    Authenticator.objects.filter(user=spoiled).update(data={"secret": "AAAA"})
    done = rotation.rotate()
    number = Authenticator.objects.get(user=spoiled).pk
    assert done.unopened == (f"mfa.Authenticator.data of row {number}",)
    assert done.resealed["second factors"] == 1


def test_sessions_whose_time_is_over_are_removed(client: Client) -> None:
    sign_in(client, staff(Role.REVIEWER))
    assert remove_ended() == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_desksession SET expire_date = now() - interval '1 second'")
    assert client.get("/desk/").status_code == 303
    assert remove_ended() == 1
