"""What is no feed, or not a whole one, is answered in words, and nothing of it is stored."""

import json
from pathlib import Path

import pytest

from recalldesk.elsewhere import splitting
from recalldesk.elsewhere.actions import take_feed
from recalldesk.elsewhere.errors import EntriesNotAccountedFor, FeedNotRead
from recalldesk.elsewhere.models import EntryRejected, FeedFile, OutsideRecall
from tests.cast import Cast
from tests.elsewhere.feeds_made import entry, feed

WHOLE = json.dumps([entry(), entry("90002")]).encode()
WRONG = {
    "an empty file": (b"", "is empty"),
    "only spaces": (b" \n", "is empty"),
    "a web page": (b"<!doctype html><p>Not found", "a web page"),
    "a sheet": (b"RecallID,RecallNumber\n1,90001\n", "no JSON"),
    "a text": (b'"recalls"', "no JSON"),
    "an empty list": (b"[]", "holds no recall"),
    "an empty list of the older form": (b'{"success": {"results": []}}', "holds no recall"),
    "another list": (b'[{"order": 1}, {"order": 2}]', "None of its 2 entries"),
    "another record": (b'{"recalls": {"a": 1}}', "no list of recalls"),
    "a record of texts": (b'{"success": "yes"}', "no list of recalls"),
    "cut off in an entry": (WHOLE[:-40], "ends in the middle"),
    "cut off after an entry": (WHOLE[: WHOLE.index(b"}, {") + 1], "ends in the middle"),
    "cut off after a comma": (WHOLE[: WHOLE.index(b"}, {") + 2], "ends in the middle"),
    "the older form, cut off": (b'{"success": {"results": [{"a": 1}', "from character"),
    "a comma too many": (WHOLE[:-1] + b",]", "from character"),
    "two lists": (WHOLE + b"[]", "after the end"),
    "no comma": (WHOLE.replace(b"}, {", b"} {"), "from character"),
    "no UTF-8": (WHOLE.replace(b"Kettles", b"K\xe9ttles"), "not text in UTF-8"),
    "no number": (b'[{"RecallNumber": NaN}]', "NaN is no JSON"),
    "a number without end": (b"[" + b"9" * 5_000 + b"]", "a number that is none"),
    "the same in the older form": (
        b'{"results": [' + b"9" * 5_000 + b"]}",
        "a number that is none",
    ),
    "nested deeply": (b"[" * 200_000, "nests its values too deeply"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_it_is_refused(wrong: str, cast: Cast, tmp_path: Path) -> None:
    content, words = WRONG[wrong]
    path = tmp_path / "feed.json"
    path.write_bytes(content)
    with pytest.raises(FeedNotRead, match=words):
        take_feed(path, came_from="feed.json", by=cast.author)
    assert not FeedFile.objects.exists()
    assert not OutsideRecall.objects.exists()
    assert not EntryRejected.objects.exists()


def test_an_entry_without_end_is_given_up(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(splitting, "LONGEST_ENTRY", 1_000)
    monkeypatch.setattr(splitting, "PIECE", 500)
    with pytest.raises(FeedNotRead, match="far longer than any recall"):
        take_feed(feed(tmp_path, entry(Title="x" * 5_000)), came_from="x", by=cast.author)


def test_where_the_count_differs_nothing_is_stored(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recalldesk.elsewhere.actions.count_entries", lambda *_: 3)
    with pytest.raises(EntriesNotAccountedFor, match="3 entries, but 1 were read"):
        take_feed(feed(tmp_path, entry()), came_from="x", by=cast.author)
    assert not OutsideRecall.objects.exists()
