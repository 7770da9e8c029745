"""`recalldesk recall send` and `send-back`: the same as at the desk."""

from recalldesk.recalls.approval import waiting_request
from recalldesk.recalls.states import RequestKind
from tests.cast import SLUG, Command, Desk


def test_it_is_sent_and_sent_back(kettles: Desk, command: Command) -> None:
    version = kettles.apply()
    sent = command("recall", "send", SLUG, "--word", "Please.", "--as", "author@desk.example")
    assert sent.code == 0, sent.err
    assert sent.out == "kettle-k20 version 1 waits for approval by Administrator or Approver.\n"
    assert waiting_request(version, RequestKind.APPROVAL) is not None
    back = command(
        "recall", "send-back", SLUG, "--reason", "No price.", "--as", "approver@desk.example"
    )
    assert back.code == 0, back.err
    assert "is sent back" in back.out
    again = command("recall", "send-back", SLUG, "--reason", "x", "--as", "approver@desk.example")
    assert again.code == 1
    assert "does not wait for approval" in again.err


def test_nobody_left_to_approve_is_said(kettles: Desk, command: Command) -> None:
    kettles.apply()
    for person in (kettles.cast.approver, kettles.cast.administrator):
        person.is_active = False
        person.save()
    sent = command("recall", "send", SLUG, "--as", "author@desk.example")
    assert "waits for approval by nobody" in sent.out
    assert "an administrator invites somebody" in sent.out
