"""A unit has at most one effective remedy, over all recalls, also after it was delivered."""

import threading
from itertools import product

import pytest
from django.db import Error, IntegrityError, connection, connections, transaction

from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.remedies.models import Entitlement, Remedy, remedy_id
from recalldesk.remedies.states import EFFECTIVE, INEFFECTIVE, MOVES, RemedyState

UNIT, OTHER_UNIT = b"u" * 32, b"v" * 32


def entitlement(unit: bytes = UNIT, grant: int = 1) -> Entitlement:
    return Entitlement.objects.create(unit_digest=unit, grant=grant)


def remedy(
    owed: Entitlement,
    turn: int = 1,
    state: RemedyState = RemedyState.WAITING,
    slug: str = "kettle-k20",
) -> Remedy:
    recall, _ = Recall.objects.get_or_create(slug=slug)
    return Remedy.objects.create(
        id=remedy_id(unit_digest=bytes(owed.unit_digest), grant=owed.grant, turn=turn),
        entitlement=owed,
        turn=turn,
        recall=recall,
        key="card",
        state=state,
        orderable_at=clock.now(),
    )


def test_the_states_are_effective_or_not() -> None:
    assert set(EFFECTIVE) | set(INEFFECTIVE) == set(RemedyState) == set(MOVES)
    assert not set(EFFECTIVE) & set(INEFFECTIVE)
    assert all(not MOVES[state] for state in INEFFECTIVE)


@pytest.mark.django_db
@pytest.mark.parametrize("first", EFFECTIVE)
@pytest.mark.parametrize("slug", ["kettle-k20", "another-recall"])
def test_beside_an_effective_one_there_is_no_other(first: RemedyState, slug: str) -> None:
    owed = entitlement()
    remedy(owed, 1, first)
    with pytest.raises(IntegrityError), transaction.atomic():
        remedy(owed, 2, slug=slug)
    assert Remedy.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("first", INEFFECTIVE)
def test_after_one_that_came_to_nothing_there_is_another(first: RemedyState) -> None:
    owed = entitlement()
    remedy(owed, 1, first)
    remedy(owed, 2, RemedyState.DELIVERED)
    with pytest.raises(IntegrityError), transaction.atomic():
        remedy(owed, 3)


@pytest.mark.django_db
def test_a_unit_is_entitled_once_and_another_grant_is_another() -> None:
    owed = entitlement()
    with pytest.raises(IntegrityError), transaction.atomic():
        entitlement()
    with pytest.raises(IntegrityError), transaction.atomic():
        entitlement(grant=0)
    remedy(owed)
    remedy(entitlement(grant=2))
    remedy(entitlement(OTHER_UNIT))
    assert Remedy.objects.count() == 3


@pytest.mark.django_db
def test_the_database_allows_the_moves_of_the_table_and_no_others() -> None:
    allowed = set()
    for place, (before, after) in enumerate(product(RemedyState, RemedyState)):
        row = remedy(entitlement(place.to_bytes(32, "big")), 1, before)
        try:
            with transaction.atomic():
                Remedy.objects.filter(pk=row.pk).update(state=after)
        except Error:
            continue
        allowed.add((before, after))
    stays = {(state, state) for state in RemedyState}
    assert allowed - stays == {(before, after) for before in MOVES for after in MOVES[before]}


STATEMENTS = {
    "a remedy deleted": "DELETE FROM remedies_remedy",
    "an entitlement deleted": "DELETE FROM remedies_entitlement",
    "an entitlement of another unit": "UPDATE remedies_entitlement SET unit_digest = 'x'",
    "a remedy of another turn": "UPDATE remedies_remedy SET turn = 9",
    "a remedy of another time": "UPDATE remedies_remedy SET created_at = now() - interval '1 d'",
    "a remedy under another id": "UPDATE remedies_remedy SET id = gen_random_uuid()",
    "a remedy of another recall": "UPDATE remedies_remedy SET recall_id = NULL",
    "a second at the same turn": "INSERT INTO remedies_remedy SELECT gen_random_uuid(), turn, key,"
    " 'failed', created_at, entitlement_id, recall_id FROM remedies_remedy",
    "all swept away": "TRUNCATE remedies_entitlement CASCADE",
    "all remedies swept away": "TRUNCATE remedies_remedy",
}


@pytest.mark.django_db
@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_by_a_raw_statement_too_it_is_refused(statement: str) -> None:
    row = remedy(entitlement())
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Remedy.objects.values_list("pk", "turn")) == [(row.pk, 1)]


@pytest.mark.django_db(transaction=True)
def test_of_many_that_are_made_at_once_one_is() -> None:
    owed = entitlement()
    Recall.objects.create(slug="kettle-k20")
    gate, made = threading.Barrier(4), []

    def make(turn: int) -> None:
        try:
            gate.wait(20)
            made.append(remedy(owed, turn).pk)
        except IntegrityError:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=make, args=(turn,)) for turn in (1, 2, 3, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(made) == 1
    assert [row.pk for row in Remedy.objects.all()] == made


def test_an_id_follows_from_unit_grant_and_turn_for_ever() -> None:
    first = remedy_id(unit_digest=UNIT, grant=1, turn=1)
    assert str(first) == str(remedy_id(unit_digest=bytearray(UNIT), grant=1, turn=1))
    others = {
        remedy_id(unit_digest=unit, grant=grant, turn=turn)
        for unit, grant, turn in product((UNIT, OTHER_UNIT), (1, 2, 11), (1, 2, 11))
    }
    assert len(others) == 18
    assert str(first) == "38b22535-073c-5313-82d1-38973cc02499"
