"""The desk's pages of purchasers: masked for everybody, in full for a reason, each figure with its
rows; what nobody may do is refused."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.models import ListExport
from recalldesk.console.purchaser_words import MATCHES
from recalldesk.matching.matches.reasons import MatchReason
from recalldesk.purchasers.models import Purchase, SamePersonQuestion
from recalldesk.purchasers.states import QuestionSource, QuestionState
from recalldesk.recalls.models import Recall
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG
from tests.claims.conftest import _desk_of_the_file, _english, desk, photos_folder
from tests.console.purchasers_rows import SECRETS, Rows, made_rows

__all__ = ["_desk_of_the_file", "_english", "desk", "photos_folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
PAGE = "/desk/purchasers/"


@pytest.fixture
def manager(client: Client) -> Client:
    """A recall manager, signed in."""
    return sign_in(client, staff(Role.RECALL_MANAGER, email="max@staff.example"))


@pytest.fixture
def rows() -> Rows:
    return made_rows(Recall.objects.get(slug=SLUG), staff(Role.ADMINISTRATOR))


def text_in(response: HttpResponse) -> str:
    """The words of the main part, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", main_of(response)).split())


def at(rows: Rows, number: int = 0) -> str:
    return f"{PAGE}files/{rows.files[number].pk}/"


def shown(first: int, client: Client) -> HttpResponse:
    return client.get(f"{PAGE}questions/{first}/")


def purchaser_named(rows: Rows) -> int:
    """The first one: with every contact."""
    return rows.recall.purchasers.order_by("pk").values_list("pk", flat=True)[0]


def test_the_desk_has_words_for_every_reason_of_a_match() -> None:
    assert set(MATCHES) == set(MatchReason)


def test_nothing_of_a_person_stands_unmasked_on_any_page(manager: Client, rows: Rows) -> None:
    question = SamePersonQuestion.objects.order_by("pk")[0].pk
    for path in (
        PAGE,
        f"{PAGE}files/",
        at(rows),
        f"{PAGE}questions/",
        f"{PAGE}questions/{question}/",
        f"{PAGE}{purchaser_named(rows)}/",
        f"{PAGE}figures/",
        f"{PAGE}figures/purchasers/?recall={SLUG}",
    ):
        page = main_of(manager.get(path))
        for secret in (*SECRETS, "Zoe", "zoe@"):
            assert secret not in page, (path, secret)


def test_purchases_are_narrowed_by_their_address(manager: Client, rows: Rows) -> None:
    assert "5 shown of 5" in text_in(manager.get(PAGE))
    for query, count in (
        ("strength=weak", 1),
        ("channel=amazon", 3),
        (f"file={rows.files[1].pk}", 1),
        ("product=k20", 5),
        ("covered=yes", 5),
        ("reached=own", 3),
        ("reached=alias", 1),
        ("reached=no", 1),
    ):
        assert f"{count} shown of {count}" in text_in(manager.get(f"{PAGE}?{query}")), query
    assert "No purchase fits the filters." in text_in(manager.get(f"{PAGE}?channel=ebay"))
    assert "is no filter that we know" in text_in(manager.get(f"{PAGE}?channel=shell"))
    assert "is no recall that we know" in text_in(manager.get(f"{PAGE}?recall=none-such"))


def test_a_purchase_that_the_recall_covers_no_more_says_so(manager: Client, rows: Rows) -> None:
    Purchase.objects.filter(file=rows.files[1]).update(unmatched_at="2026-11-01T00:00Z")
    assert "no more in the recall" in text_in(manager.get(PAGE))


@pytest.mark.parametrize("text", ["made-up-114-1", "ANA@home.example", "ana madeup", "2025550101"])
def test_somebody_is_found_by_what_stands_in_the_body(
    manager: Client, rows: Rows, text: str
) -> None:
    answer = manager.post(f"{PAGE}search/", {"q": text, "recall": SLUG})
    assert f'href="{PAGE}{purchaser_named(rows)}/"' in main_of(answer)
    assert "a•••@home.example" in main_of(answer)


def test_who_is_not_found_is_not_said_to_have_no_unit(manager: Client, rows: Rows) -> None:
    assert "Nobody in the order files" in text_in(manager.post(f"{PAGE}search/", {"q": "nobody"}))
    assert "What is typed" in text_in(manager.post(f"{PAGE}search/", {"q": "  "}))


def test_a_file_shows_its_law_and_the_shape_of_what_was_not_taken(
    manager: Client, rows: Rows
) -> None:
    page = text_in(manager.get(at(rows)))
    assert (
        "13 lines = 7 accepted + 3 rejected + 1 duplicate + 1 blank + 0 continued + 1 heading"
        in (page)
    )
    assert "has a quotation mark inside a cell that is not doubled" in page
    assert "xxxx-xx-999" in page.lower() or "xxxx-xx" in page.lower()
    assert "&quot;x&quot;" in main_of(manager.get(at(rows))).lower()


def test_rejected_lines_are_shown_as_they_came_for_a_reason(manager: Client, rows: Rows) -> None:
    refused = manager.post(f"{at(rows)}full/", {"reason": " "})
    assert (refused.status_code, "zoe@" in main_of(refused)) == (422, False)
    assert "zoe@home.example" in main_of(manager.post(f"{at(rows)}full/", {"reason": "To mend it"}))
    row = StateChange.objects.get(subject=Subject.ORDER_FILE, reason=Reason.PERSONAL_SHOWN)
    assert (row.subject_id, text_of(row.note)) == (rows.files[0].pk, "To mend it")


def test_rejects_are_downloaded_to_be_mended_and_logged(manager: Client, rows: Rows) -> None:
    answer = manager.post(f"{at(rows)}rejects/")
    whole = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # it streams
    assert answer["Content-Disposition"].endswith(f'rejects-of-order-file-{rows.files[0].pk}.txt"')
    assert b"zoe@home.example" in whole
    assert StateChange.objects.filter(subject=Subject.ORDER_FILE, reason=Reason.FILE_TAKEN).exists()
    assert manager.post(f"{at(rows, 1)}rejects/").status_code == 404


def test_the_story_says_where_each_was_found_and_why_two_are_one(
    manager: Client, rows: Rows
) -> None:
    page = text_in(manager.get(f"{PAGE}{purchaser_named(rows)}/"))
    assert f"file {rows.files[1].pk} , line 3" in page
    assert "Newegg, units that came back" in page
    assert "an initial that fits the other&#x27;s name, the same e-mail address" in page
    assert "by the rules" in page
    assert "is somebody else the same person?" in page


def test_a_purchaser_is_shown_in_full_for_a_reason_which_the_log_keeps(
    manager: Client, rows: Rows
) -> None:
    path = f"{PAGE}{purchaser_named(rows)}/full/"
    assert manager.post(path, {"reason": ""}).status_code == 422
    page = main_of(manager.post(path, {"reason": "To call"}))
    for secret in ("Ana Madeup", "ana@home.example", "1 Example Street", "MADE-UP-114-1"):
        assert secret in page
    row = StateChange.objects.get(subject=Subject.PURCHASER, reason=Reason.PERSONAL_SHOWN)
    assert text_of(row.note) == "To call"


def test_a_question_shows_what_agrees_by_words_and_leads_to_the_next(
    manager: Client, rows: Rows
) -> None:
    first, second = SamePersonQuestion.objects.order_by("-weight")
    page = text_in(shown(first.pk, manager))
    assert "= the same phone number" in page
    assert "≈ the same given name, another family name" in page
    sent = {"do": "two", "seen": "open"}
    answer = manager.post(f"{PAGE}questions/{first.pk}/settle/", sent)
    assert (answer.status_code, answer["Location"]) == (303, f"{PAGE}questions/{second.pk}/")
    first.refresh_from_db()
    assert first.state == QuestionState.TWO
    assert "It can be said otherwise." in text_in(shown(first.pk, manager))


def test_a_question_of_the_review_says_what_is_the_same_though_no_reason_does(
    manager: Client, rows: Rows
) -> None:
    first = SamePersonQuestion.objects.order_by("-weight")[0]
    first.source, first.reasons = QuestionSource.REVIEW, ["likely"]
    first.save()
    page = text_in(shown(first.pk, manager))
    assert "Phone •••01 •••01 = the same" in page
    assert "≠ not the same" in page, "the names"
    assert "finds it likely: the review" not in page, "said once"


def test_both_are_shown_in_full_for_a_reason_and_can_be_settled_there(
    manager: Client, rows: Rows
) -> None:
    question = SamePersonQuestion.objects.order_by("-weight")[0]
    path = f"{PAGE}questions/{question.pk}/full/"
    refused = manager.post(path, {"reason": ""})
    assert (refused.status_code, "Ana Madeup" in main_of(refused)) == (422, False)
    page = main_of(manager.post(path, {"reason": "To compare"}))
    for told in ("Ana Madeup", "Ana Exampleton", "1 Example Street", "Two persons"):
        assert told in page
    logged = StateChange.objects.filter(subject=Subject.PURCHASER, reason=Reason.PERSONAL_SHOWN)
    assert {each.subject_id for each in logged} == {question.first_id, question.second_id}
    assert {text_of(each.note) for each in logged} == {"To compare"}


def test_what_somebody_settled_meanwhile_is_not_settled_otherwise_unseen(
    manager: Client, rows: Rows
) -> None:
    question = SamePersonQuestion.objects.order_by("-weight")[0]
    path = f"{PAGE}questions/{question.pk}/settle/"
    manager.post(path, {"do": "two", "seen": "open"})
    late = manager.post(path, {"do": "one", "seen": "open"})
    assert (late.status_code, "Somebody else settled it meanwhile" in main_of(late)) == (409, True)
    assert manager.post(path, {"do": "two", "seen": "open"}).status_code == 303
    assert manager.post(path, {"do": "three", "seen": "two"}).status_code == 422
    question.refresh_from_db()
    assert question.state == QuestionState.TWO


def test_each_figure_opens_the_rows_that_it_counts(manager: Client, rows: Rows) -> None:
    page = main_of(manager.get(f"{PAGE}figures/"))
    found = re.findall(r'href="([^"]+)">([\d,]+)<span class="away">, rows of', page)
    assert len(found) > 20
    for url, number in found:
        answer = text_in(manager.get(url.replace("&amp;", "&")))
        assert f": {number} in " in answer, url
        assert " in 0 rows" not in answer, url


def test_a_figure_that_is_none_shows_no_rows(manager: Client, rows: Rows) -> None:
    for path in ("figures/none/", "figures/files/?channel=none", "figures/files/?recall=none"):
        answer = manager.get(f"{PAGE}{path}")
        assert (answer.status_code, "There is no such figure" in main_of(answer)) == (404, True)


def test_the_rows_of_a_figure_are_taken_as_a_file_for_a_reason(manager: Client, rows: Rows) -> None:
    path = f"{PAGE}figures/no_contact/?recall={SLUG}"
    assert manager.post(path, {"form": "csv"}).status_code == 422
    path = f"{PAGE}figures/purchasers/?recall={SLUG}&channel=amazon"
    answer = manager.post(path, {"form": "csv", "reason": "To plan the notices"})
    whole = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # it streams
    assert whole.count(b"\r\n") == 3
    assert b"Madeup" not in whole
    assert ListExport.objects.get().query.startswith("purchasers?figure=purchasers")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER, Role.AUDITOR])
def test_who_may_not_settle_or_bring_in_is_refused_and_offered_nothing(
    client: Client, rows: Rows, role: Role
) -> None:
    sign_in(client, staff(role, email="other@staff.example"))
    question = SamePersonQuestion.objects.order_by("pk")[0].pk
    assert "Two persons" not in text_in(client.get(f"{PAGE}questions/{question}/"))
    assert client.post(f"{PAGE}questions/{question}/settle/", {"do": "one"}).status_code == 403
    assert "Bring in a file" not in text_in(client.get(f"{PAGE}files/"))
    assert client.get(f"{PAGE}files/new/").status_code == 403
    assert client.post(f"{at(rows)}rejects/").status_code == 403
    assert "xx" not in text_in(client.get(at(rows))).lower()


def test_a_viewer_is_not_shown_anybody_in_full(client: Client, rows: Rows) -> None:
    sign_in(client, staff(Role.VIEWER, email="other@staff.example"))
    number = purchaser_named(rows)
    assert "full/" not in main_of(client.get(f"{PAGE}{number}/"))
    assert client.post(f"{PAGE}{number}/full/", {"reason": "made up"}).status_code == 403


def test_numbers_that_nobody_has_are_not_found(manager: Client, rows: Rows) -> None:
    for path in ("9999/", "9999/full/", "files/9999/", "questions/9999/", f"{10**30}/"):
        assert manager.get(f"{PAGE}{path}").status_code == 404, path


def test_without_a_file_each_page_says_what_to_do(manager: Client) -> None:
    assert "No order file came yet." in text_in(manager.get(f"{PAGE}files/"))
    assert "No order file named anybody" in text_in(manager.get(PAGE))
    assert "No two purchasers are in doubt." in text_in(manager.get(f"{PAGE}questions/"))
    assert "0 units were found" in text_in(manager.get(f"{PAGE}figures/"))


def test_a_file_is_taken_back_for_a_reason(manager: Client, rows: Rows) -> None:
    assert "Read wrongly?" in main_of(manager.get(at(rows)))
    refused = manager.post(f"{at(rows)}take-back/", {"reason": " "})
    assert (refused.status_code, "No reason was given" in main_of(refused)) == (422, True)
    answer = manager.post(f"{at(rows)}take-back/", {"reason": "The columns were swapped"})
    assert answer.status_code == 303
    page = main_of(manager.get(at(rows)))
    assert "Taken back on" in page
    assert "Read wrongly?" not in page
    assert "taken back" in main_of(manager.get("/desk/purchasers/files/"))
