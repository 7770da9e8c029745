"""What a purchaser was told, as the page of their story shows it; nothing asks the database."""

from dataclasses import dataclass
from datetime import date, datetime

from recalldesk.console.purchaser_shown import day_words
from recalldesk.console.purchasers_asked import address
from recalldesk.console.wave_words import KINDS, NOT_REACHED, WAYS, came_back_words, state_words
from recalldesk.outreach.reads.told import Told, ToldBy
from recalldesk.outreach.states import OrderTold

BY_SHOP = {
    OrderTold.ASKED: "the shop was asked to tell",
    OrderTold.TOLD: "told by the shop",
    OrderTold.FAILED: "the shop could not tell",
}


@dataclass(frozen=True)
class ShownTold:
    """One thing that a purchaser was told. `wave_url` is empty where a shop tells."""

    what: str
    url: str
    wave: str
    wave_url: str
    way: str
    to: str
    about: str
    state: str
    is_bad: bool
    at: datetime | None
    came_back: str


@dataclass(frozen=True)
class ShownStory:
    """All of it, and in a sentence whether anything arrived."""

    lines: tuple[ShownTold, ...]
    said: str


def told_shown(slug: str, told: Told) -> ShownStory:
    """What a person was told, the first first."""
    shops = tuple(
        ShownTold(
            what=each.shop,
            url="",
            wave=f"shop’s list {each.telling}",
            wave_url="",
            way="shop",
            to="",
            about=_about(((each.product, each.ordered_on),)),
            state=BY_SHOP[each.outcome],
            is_bad=each.outcome is OrderTold.FAILED,
            at=each.at or each.asked_at,
            came_back="",
        )
        for each in told.by_shops
    )
    return ShownStory(tuple(_line(slug, each) for each in told.notices) + shops, _said(told))


def _line(slug: str, each: ToldBy) -> ShownTold:
    row = each.notice
    kind = KINDS[each.wave_kind]
    return ShownTold(
        what=f"{kind}, to whoever has it now" if each.passed_on else kind,
        url=address("wave_notice", slug, each.wave, row.number),
        wave=f"{each.wave} {each.wave_name}",
        wave_url=address("wave", slug, each.wave),
        way=WAYS[row.way],
        to=row.to or "erased",
        about=_about(each.products),
        state=state_words(row),
        is_bad=row.state in NOT_REACHED,
        at=row.ended_at or row.sent_at or each.made_at,
        came_back=came_back_words(row),
    )


def _about(products: tuple[tuple[str, date | None], ...]) -> str:
    return ", ".join(" of ".join(e for e in (name, day_words(day)) if e) for name, day in products)


def _said(told: Told) -> str:
    if not told.notices and not told.by_shops:
        return "Nobody wrote to this person yet."
    if told.arrived:
        return "Something was sent to this person that did not come back."
    return "Nothing that was sent to this person is known to have arrived."
