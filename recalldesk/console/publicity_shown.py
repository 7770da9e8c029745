"""What the page of what is done in public shows of a recall."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.console.hits_drawn import drawn_hits
from recalldesk.console.publicity_forms import (
    HitsLogForm,
    HomePageForm,
    LookForm,
    PostForm,
    ReadingForm,
)
from recalldesk.inquiries.seats import is_authority
from recalldesk.publicity.auctions import sites_of
from recalldesk.publicity.hits import DEFINITION, Hits, HitsOfDay, hits_of
from recalldesk.publicity.logs.reads import logs_of
from recalldesk.publicity.reads import (
    Look,
    auction_checks_of,
    home_page_answers,
    posts_of,
)
from recalldesk.publicity.reminding import asks_of
from recalldesk.publicity.states import HitsFrom, PageKind
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import live_recall
from recalldesk.reports.desk_figures.period import Period

BEGINNING = date(2000, 1, 1)
LOOKS_SHOWN = 30
ANSWERS_SHOWN = 10
KNOWN_SITES = (
    "Amazon", "Craigslist", "eBay", "Etsy", "Facebook Marketplace", "Mercari", "OfferUp",
    "Poshmark", "Temu", "Walmart Marketplace",
)  # fmt: skip
"""Suggested where a site is named; any other can be written."""


@dataclass(frozen=True)
class HitsLine:
    """A day in the table of hits: those of each kind of page, and by what it counts."""

    day: HitsOfDay
    cells: tuple[int, ...]

    @property
    def by(self) -> str:
        """By what it counts."""
        if self.day.source is HitsFrom.LOG and self.day.own:
            return f"{self.day.source.label}; own count {self.day.own:,}"
        return str(self.day.source.label)


class Shown:
    """One recall's page. `bound`: forms that were sent and not taken, by their names."""

    def __init__(
        self,
        recall: Recall,
        by: Staff,
        period: Period,
        now: datetime,
        bound: Mapping[str, forms.Form] | None = None,
    ) -> None:
        self._recall, self._by, self._period, self._now = recall, by, period, now
        self._bound = bound or {}
        self._posts = posts_of(recall, now.date())
        self._looks = auction_checks_of(recall, BEGINNING, now.date())[::-1]
        self._answers = home_page_answers(recall)

    def values(self) -> dict[str, Any]:
        """What the template shows."""
        sites = sites_of(self._recall)
        return {
            "recall": self._recall,
            "period": self._period,
            "asks": asks_of(self._recall, self._now),
            "answers": self._answers[:ANSWERS_SHOWN],
            "posts": self._posts,
            "sites": sites,
            "today": self._now.date(),
            "looks": self._looks[:LOOKS_SHOWN],
            "further_looks": max(0, len(self._looks) - LOOKS_SHOWN),
            "sees_sellers": self._by.may(Permission.SEE_PERSONAL) and not is_authority(self._by),
            "may_enter": self._by.may(Permission.ENTER_PUBLICITY),
            "known_sites": sorted({*KNOWN_SITES, *(each.site for each in sites)}),
            "logs": logs_of(self._recall),
            **self._hits(),
            **(self._forms() if self._by.may(Permission.ENTER_PUBLICITY) else {}),
        }

    def _hits(self) -> dict[str, Any]:
        found: Hits = hits_of(self._recall, self._period.first, self._period.last)
        kinds = [each for each in PageKind if found.of(each)]
        return {
            "hits": found,
            "hits_picture": drawn_hits(found, self._period),
            "hits_kinds": [each.label for each in kinds],
            "hits_lines": [
                HitsLine(day, tuple(day.of(kind) for kind in kinds)) for day in reversed(found.days)
            ],
            "hits_sums": [found.of(kind) for kind in kinds],
            "hits_definition": DEFINITION,
        }

    def _forms(self) -> dict[str, forms.Form]:
        today = self._now.date()
        newest = self._answers[0] if self._answers else None
        made: dict[str, forms.Form] = {
            "home_page_form": HomePageForm(
                initial=HomePageForm.usual(newest, today), auto_id="home_%s"
            ),
            "post_form": PostForm(
                initial={"posted_at": self._now.replace(second=0)}, auto_id="post_%s"
            ),
            "reading_form": ReadingForm(
                self._posts, initial={"read_on": today}, auto_id="reading_%s"
            ),
            "look_form": LookForm(self._looks, initial=self._usual_look(), auto_id="look_%s"),
            "log_form": HitsLogForm(auto_id="log_%s"),
        }
        return made | dict(self._bound)

    def _usual_look(self) -> dict[str, Any]:
        standing = (each for each in self._looks if not each.takes_back)
        newest: Look | None = next(standing, None)
        due = next(iter(sites_of(self._recall)), None)
        live = live_recall(self._recall.slug)
        product = live.document.products[0].model if live and live.document.products else ""
        words = newest.search_words if newest else product
        site = due.site if due and due.due_on <= self._now.date() else ""
        return {"checked_on": self._now.date(), "search_words": words, "site": site}
