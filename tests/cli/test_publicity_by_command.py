"""What is done in public by command: entered, shown, taken back; logs brought in."""

from pathlib import Path

import pytest

from recalldesk.publicity.models import AuctionCheck, HitsFile, SocialPost
from tests.cast import Command, Desk
from tests.publicity.logs_made import combined, log_of

pytestmark = pytest.mark.django_db
AUTHOR = ("--as", "author@desk.example")
POST = "https://social.example.com/1"


@pytest.fixture
def run(command: Command, kettles: Desk) -> Command:
    kettles.published()
    return command


def test_what_is_entered_is_shown(run: Command) -> None:
    assert "nobody has answered yet" in run("publicity", "show", "kettle-k20").out
    why = ("--why-not", "It is rebuilt.")
    assert run("publicity", "home-page", "kettle-k20", *why, *AUTHOR).code == 0
    network = ("--network", "facebook", "--posted", "2026-03-02T09:00")
    assert run("publicity", "post", "kettle-k20", POST, *network, *AUTHOR).code == 0
    number = str(SocialPost.objects.get().pk)
    assert run("publicity", "read", number, "--reactions", "1200", *AUTHOR).code == 0
    found = ("--listings", "2", "--link", "https://auctions.example.com/1", "--action", "site")
    site = ("publicity", "look", "kettle-k20", "Madeup Auctions", "--words", "kettle")
    assert run(*site, *found, *AUTHOR).code == 0
    shown = run("publicity", "show", "kettle-k20").out
    for words in ("no link, since: It is rebuilt.", "1,200", "Madeup Auctions: 2 listings"):
        assert words in shown
    look = str(AuctionCheck.objects.get().pk)
    back = run("publicity", "take-back", "look", look, "--note", "Another model.", *AUTHOR)
    assert back.out.strip() == f"Look {look} is taken back."
    assert "Madeup Auctions" not in run("publicity", "show", "kettle-k20").out
    wrong = run(*site, "--action", "site", *AUTHOR)
    assert (wrong.code, "How many listings were found?" in wrong.err) == (1, True)


def test_logs_come_in_and_hits_are_shown(run: Command, tmp_path: Path) -> None:
    first = log_of(tmp_path, [combined(), "", "broken", combined("/en/")], "one.log")
    second = log_of(tmp_path, [combined(), combined(visitor=2)], "two.log")
    looked = run("hits", "import", "kettle-k20", str(first), "--look", *AUTHOR)
    assert "Nothing is kept yet" in looked.out
    assert not HitsFile.objects.exists()
    taken = run("hits", "import", "kettle-k20", str(first), str(second), *AUTHOR)
    assert "4 lines = 1 accepted + 1 rejected + 0 duplicate + 1 blank + 1 of others" in taken.out
    assert "line 3 is not of the form of an access log" in taken.out
    assert "2 lines = 1 accepted + 0 rejected + 1 duplicate + 0 blank + 0 of others" in taken.out
    days = ("--from", "2026-03-01", "--to", "2026-03-31")
    shown = run("hits", "show", "kettle-k20", *days).out
    assert "2 hits from 2026-03-01 to 2026-03-31." in shown
    again = run("hits", "import", "kettle-k20", str(first), *AUTHOR)
    assert "nothing changed" in again.out
    number = str(HitsFile.objects.order_by("pk")[0].pk)
    run("hits", "take-back", number, "--note", "Of another site.", *AUTHOR)
    assert "1 hit from" in run("hits", "show", "kettle-k20", *days).out
