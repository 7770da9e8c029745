"""What somebody has to look at in public, and the mail that says so.

Guarantees: the desk is reminded once of each thing, also where two workers do it at once or one is
killed: that it was done commits with the mail; a mail names no person. Of a closed recall nothing
is asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from django.db import transaction
from django.urls import reverse

from recalldesk.foundation import clock
from recalldesk.mailing.actions import write_mail
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.states import Purpose
from recalldesk.mailing.to_staff import desk_site
from recalldesk.publicity.auctions import sites_of
from recalldesk.publicity.models import HomePageReminder
from recalldesk.publicity.reads import home_page_at
from recalldesk.publicity.states import Stage
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import LiveRecall, live_recalls

DESK_LANGUAGE = "en"
BEFORE_THE_END = timedelta(days=14)
FIRST_AFTER = timedelta(days=1)
WEEK = timedelta(days=7)

log = structlog.get_logger()


@dataclass(frozen=True)
class Ask:
    """What has to be looked at. `stage`: that of which a mail reminds; None where none does."""

    words: str
    stage: Stage | None = None
    answer: int | None = None
    turn: int = 0


def asks_of(recall: Recall, now: datetime) -> tuple[Ask, ...]:
    """Everything of a recall; nothing of one that is closed or was never published."""
    live = next((each for each in live_recalls() if each.recall_id == recall.pk), None)
    if live is None or live.closed_at is not None:
        return ()
    return (*_of_home_page(recall, live, now), *_of_sites(recall, now))


def _of_home_page(recall: Recall, live: LiveRecall, now: datetime) -> Iterator[Ask]:
    page, today = home_page_at(recall, now), now.date()
    if page is None:
        turn = max(0, (now - live.published_at - FIRST_AFTER) // WEEK)
        is_due = now - live.published_at >= FIRST_AFTER
        words = "Nobody has answered yet whether the home page leads to the recall."
        yield Ask(words, Stage.UNANSWERED if is_due else None, None, turn)
    elif not page.is_linked:
        yield Ask(f"The home page did not lead to the recall on {_day(page.at)}: look again.")
    else:
        for lack in page.lacks:
            yield Ask(f"The link on the home page is not as authorities ask for it: {lack}.")
        assert page.until is not None
        if page.until < today:
            words = f"The 120 days of the link were over on {_day(page.until)}: is it there?"
            yield Ask(words, Stage.OVER, page.number)
        elif page.until - today <= BEFORE_THE_END:
            words = f"The 120 days of the link are over on {_day(page.until)}: does it stay?"
            yield Ask(words, Stage.ENDING, page.number)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _of_sites(recall: Recall, now: datetime) -> Iterator[Ask]:
    sites = sites_of(recall)
    due = [each.site for each in sites if each.due_on <= now.date()]
    if not sites:
        yield Ask("Nobody has looked for the product on auction sites yet.")
    if due:
        yield Ask(f"Look again, as every week, at {', '.join(due)}.")


def remind_desk() -> int:
    """Writes to the desks of recalls of which something is due; returns of how many
    things."""
    return sum(_or_next_time(live) for live in live_recalls())


def _or_next_time(live: LiveRecall) -> int:
    """What fails for one recall is told of and left for the next time; no other waits for it."""
    try:
        return _remind_of(live)
    except Exception as error:
        log.error("reminder_left_for_next_time", recall=live.slug, error=type(error).__name__)
        return 0


@transaction.atomic
def _remind_of(live: LiveRecall) -> int:
    recall = Recall.objects.select_for_update(no_key=True).get(pk=live.recall_id)
    due = [ask for ask in asks_of(recall, clock.now()) if ask.stage and _is_new(recall, ask)]
    for ask in due:
        _write(live, recall, ask)
    return len(due)


def _is_new(recall: Recall, ask: Ask) -> bool:
    """Keeps that it is told of, unless it was."""
    _, made = HomePageReminder.objects.get_or_create(
        recall=recall, stage=ask.stage, answer_id=ask.answer, turn=ask.turn
    )
    return made


def _write(live: LiveRecall, recall: Recall, ask: Ask) -> None:
    letter = Letter(
        subject=f"{live.slug}: {ask.words}",
        language=DESK_LANGUAGE,
        signed="Recalldesk",
        paragraphs=(
            ask.words,
            "The link stands in the top third of the home page, its text contains “recall” and "
            "“safety”, and it stays for 120 days or until the recall is closed.",
        ),
        button=("Answer at the desk", desk_site() + _address(live.slug)),
    )
    for address in dict.fromkeys(brand.email for brand in live.document.brands):
        write_mail(
            recall=recall,
            to=address,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            language=DESK_LANGUAGE,
            purpose=Purpose.HOME_PAGE_TO_DESK,
        )


def _address(slug: str) -> str:
    return reverse("console:publicity", args=[slug])
