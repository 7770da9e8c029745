"""A restore that the log's key signed explains what is lost; nothing else does."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from recalldesk.audit.findings import Kind, Verified
from recalldesk.audit.head_text import SignedHead
from recalldesk.audit.heads import head_now, make_head, signing_key
from recalldesk.audit.models import Head
from recalldesk.audit.restore_text import SignedRestore, restores_in, signed_restore
from recalldesk.audit.sealing_blocks import seal_what_waits
from recalldesk.audit.signing import SigningKey
from recalldesk.audit.verifying import verify
from recalldesk.foundation import clock
from tests.audit.written import a_row, behind_the_back, sealed_rows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _heads_are_kept_here_alone(settings: Settings) -> None:
    settings.LOG_HEADS_FOLDER = None


def cut_after(block: int) -> None:
    """As a restore, or whoever owns the database, leaves it."""
    with behind_the_back() as cursor:
        cursor.execute("DELETE FROM audit_head")
        cursor.execute(
            "DELETE FROM audit_statechange WHERE id IN"
            " (SELECT change_id FROM audit_sealedchange WHERE block_id > %s)",
            [block],
        )
        cursor.execute("DELETE FROM audit_sealedchange WHERE block_id > %s", [block])
        cursor.execute("DELETE FROM audit_block WHERE number > %s", [block])


def restore_as_of_now(key: SigningKey | None = None) -> SignedRestore:
    head, now = head_now(), clock.now()
    return signed_restore(
        block=head.block,
        rows=head.rows,
        digest=head.digest,
        restored_at=now,
        backup_of=now - timedelta(hours=8),
        key=key or signing_key(),
    )


def lost_and_restored(key: SigningKey | None = None) -> SignedHead:
    """A head that left names block 3; the log is as it was at block 2, and goes on from there."""
    sealed_rows(2, 3, 4)
    left = head_now()
    cut_after(2)
    restore = restore_as_of_now(key)
    a_row(91)
    make_head(after=restore.text)
    Head.objects.create(block_id=1, text=left.text)
    return left


def kinds(verified: Verified) -> set[Kind]:
    return set(verified.findings.counts)


def test_a_signed_restore_explains_the_heads_that_it_lost() -> None:
    left = lost_and_restored()
    a_row(92)
    make_head()
    verified = verify()
    assert verified.is_whole
    (loss,) = verified.losses
    assert (loss.restore.block, loss.rows) == (2, 4)
    assert [head.content for head in loss.heads] == [left.content]
    assert [head.block for head in verified.holding] == [3, 4]


def test_before_the_next_block_it_explains_them_too() -> None:
    sealed_rows(2, 3, 4)
    left = head_now()
    cut_after(2)
    text = restore_as_of_now().text
    Head.objects.create(block_id=2, text=text + head_now().text)
    Head.objects.create(block_id=2, text=left.text)
    assert verify().is_whole


def test_without_it_the_same_is_a_cut() -> None:
    sealed_rows(2, 3, 4)
    left = head_now()
    cut_after(2)
    Head.objects.create(block_id=2, text=left.text)
    assert kinds(verify()) == {Kind.CHAIN_CUT}


def test_one_that_another_key_signed_explains_nothing() -> None:
    lost_and_restored(SigningKey(b"k" * 32))
    assert kinds(verify()) == {Kind.HEAD_UNKNOWN, Kind.CHAIN_REBUILT}


def test_one_that_was_altered_explains_nothing() -> None:
    sealed_rows(2, 3, 4)
    left = head_now()
    cut_after(2)
    text = restore_as_of_now().text.replace("block: 2\n", "block: 1\n")
    Head.objects.create(block_id=2, text=text + head_now().text)
    Head.objects.create(block_id=2, text=left.text)
    assert kinds(verify()) == {Kind.HEAD_FORGED, Kind.CHAIN_CUT}


def test_an_old_one_does_not_excuse_a_later_cut() -> None:
    lost_and_restored()
    a_row(92)
    make_head()
    kept = [head.text for head in Head.objects.order_by("pk")]
    cut_after(2)
    a_row(93)
    seal_what_waits()
    for text in kept:
        Head.objects.create(block_id=1, text=text)
    assert kinds(verify()) == {Kind.CHAIN_REBUILT, Kind.CHAIN_CUT}


def test_one_that_the_chain_does_not_bear_out_is_told_of() -> None:
    sealed_rows(2, 3)
    restore = restore_as_of_now()
    cut_after(1)
    a_row(91)
    make_head(after=restore.text)
    assert kinds(verify()) == {Kind.RESTORE_UNFIT}


def test_one_that_a_later_restore_took_back_is_fine() -> None:
    lost_and_restored()
    kept = [head.text for head in Head.objects.order_by("pk")]
    cut_after(1)
    second = restore_as_of_now()
    a_row(94)
    make_head(after=second.text)
    for text in kept:
        Head.objects.create(block_id=1, text=text)
    verified = verify()
    assert verified.is_whole
    assert len(verified.losses) == 2


def test_its_text_says_all_of_it_and_a_mail_may_break_lines_otherwise() -> None:
    sealed_rows(1)
    restore = restore_as_of_now()
    assert restores_in(restore.text.replace("\n", "\r\n")) == [restore]
    assert restores_in("nothing") == []
