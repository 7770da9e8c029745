"""`recalldesk purchasers proof` and `reach`: who was told, and of what share of the units."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from recalldesk.claims.states import SheetForm
from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, plain, say, show_table
from recalldesk.outreach.proof.exporting import export_proof
from recalldesk.outreach.proof.gathering import proof_of
from recalldesk.outreach.proof.parts import Proof, ProvenNotice, ProvenPurchase
from recalldesk.outreach.reach.figures import (
    ALERT,
    Reach,
    names_of_reach,
    weak_in_words,
)
from recalldesk.outreach.states import STANDS, NoticeState, Way
from recalldesk.purchasers.reads.figures import share_in_words
from recalldesk.purchasers.reads.purchases import purchasers_found
from recalldesk.purchasers.reads.shown import ShownPurchaser
from recalldesk.purchasers.states import ContactKind
from recalldesk.recalls.errors import RecallProblem
from recalldesk.reports.reach.kept import kept_reach

FIGURES = {
    "by_email": "told by e-mail",
    "by_sms": "told by text message",
    "by_letter": "told by letter",
    "by_phone": "told by phone",
}
CONTACTS: Mapping[ContactKind, str] = {
    ContactKind.EMAIL: "e-mail",
    ContactKind.ALIAS: "a shop's alias of their e-mail",
    ContactKind.PHONE: "phone",
    ContactKind.ADDRESS: "postal address",
}
Reason = Annotated[
    str, typer.Option(help="Why; it stands in the log. Needed for whatever leaves the desk.")
]


def proof(
    slug: Slug,
    as_: As,
    number: Annotated[
        int | None,
        typer.Argument(help="Of a purchaser, as `find` says it; without one, all of the recall."),
    ] = None,
    to: Annotated[
        Path | None, typer.Option(help="A new file: JSON of one purchaser, CSV or XLSX of all.")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Names and contacts in full, of one purchaser.")
    ] = False,
    reason: Reason = "",
) -> None:
    """Prove who was told: file and line, when, by what, with which words, and what came back."""
    recall, person = recall_or_refuse(slug), proved(as_)
    if number is None:
        if to is None:
            raise RecallProblem(
                "The proof of a whole recall is a file.",
                "Name a new one with --to proof.csv; or a purchaser's number: "
                f"`recalldesk purchasers find {slug}` says it.",
            )
        is_book = to.suffix.lower() == f".{SheetForm.XLSX.value}"
        form = SheetForm.XLSX if is_book else SheetForm.CSV
        made = export_proof(recall, by=person, form=form, reason=reason)
        _write(to, made.parts)
        say(f"The proof of {slug} stands in {to}.")
        return
    if full and not reason.strip():
        raise RecallProblem("No reason was given.", "Say with --reason why you look.")
    found = proof_of(recall, number, by=person, full_because=reason if full else "")
    if to is None:
        _say_proof(found)
        return
    text = json.dumps(asdict(found), default=_as_text, ensure_ascii=False, indent=2)
    _write(to, iter([text.encode() + b"\n"]))
    say(f"The proof of purchaser {number} stands in {to}.")


def find(slug: Slug, as_: As) -> None:
    """Find purchasers' numbers: by order number, e-mail address, phone number or whole name.

    It is asked for, or read from standard input, a line each: what names a person does not belong
    among the words of a command, which the shell keeps.
    """
    recall, person = recall_or_refuse(slug), proved(as_)
    asked = [each.strip() for each in _asked_for() if each.strip()]
    if not asked:
        raise RecallProblem("Nothing was asked for.", "Give an order number, or an e-mail address.")
    missed = 0
    for place, text in enumerate(asked, start=1):
        found = purchasers_found(recall, text, by=person)
        if not found:
            missed += 1
            if len(asked) > 1:
                say(f"line {place:,}: nobody is found")
        for each in found:
            _say_found(each)
    if missed == len(asked):
        raise RecallProblem(
            f"No purchaser of {slug} has that.",
            "Write it as the shop's file does; of a name all of its words.",
        )
    say(f"`recalldesk purchasers proof {slug} NUMBER` says what a purchaser was told.")


def _asked_for() -> Sequence[str]:
    if not sys.stdin.isatty():
        return sys.stdin.read().splitlines()
    return [typer.prompt("Order number, e-mail address, phone number or whole name", err=True)]


def _say_found(found: ShownPurchaser) -> None:
    """Masked, as the desk shows them."""
    reached = ", ".join(f"{CONTACTS[each.kind]} {each.value}" for each in found.contacts)
    named = f"{plain(found.name) or 'no name'}{f', {found.country}' if found.country else ''}"
    say(f"{found.number}: {named}; {plain(reached) or 'no contact'}")


def reach(slug: Slug, as_: As) -> None:
    """Count the units of which somebody was told, by channel, against the line of 95 %."""
    _say_reach(kept_reach(recall_or_refuse(slug), by=proved(as_)))


def _write(path: Path, parts: Iterator[bytes]) -> None:
    """A new file that only this user may read."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise RecallProblem(f"{path} is there already.", "Name a new file with --to.") from error
    with os.fdopen(handle, "wb") as file:
        for part in parts:
            file.write(part)


def _as_text(value: object) -> str:
    assert isinstance(value, date | datetime), value
    return value.isoformat()


def _say_proof(found: Proof) -> None:
    say(f"Purchaser {found.purchaser} of {found.recall}: {plain(found.name) or 'no name'}")
    say(plain(found.conclusion))
    if found.same_person:
        same = ", ".join(map(str, found.same_person))
        say(f"The same person also stands as purchaser {same}: see their proofs, too.")
    for contact in found.contacts:
        told = counted(len(contact.notices), "notice", "notices")
        say(f"- reached by {CONTACTS[ContactKind(contact.kind)]}: {plain(contact.to)} ({told})")
    for each in found.not_written:
        where = "in no recall" if each.everywhere else "in this recall"
        say(f"- {plain(each.to)} is written to {where} by {each.way.lower()}: {each.reason}.")
    for purchase in found.purchases:
        _say_purchase(purchase)
    for notice in found.notices:
        _say_notice(notice)
    for telling in found.tellings:
        said = f", said {_moment(telling.said_at)}" if telling.said_at else ""
        say(
            f"Purchase {telling.purchase}: {plain(telling.shop)} was asked to tell its buyer on "
            f"{_moment(telling.asked_at)}; {telling.outcome}{said}."
        )
    if found.filings:
        say(f"Filed: {', '.join(found.filings)}.")


def _say_purchase(each: ProvenPurchase) -> None:
    say()
    when = f" on {each.ordered_on}" if each.ordered_on else ""
    say(
        f"Purchase {each.number}: {counted(each.units, 'unit', 'units')} of {each.product}, "
        f"{each.channel}{when}; a {each.match} match: the line {'; '.join(each.reasons)}."
    )
    if each.order or each.serial:
        say(f"  order {plain(each.order) or '—'}, serial {plain(each.serial) or '—'}")
    if each.units_back:
        say(f"  {counted(each.units_back, 'unit was', 'units were')} seen back.")
    if not each.covered:
        say("  The live version covers it no more.")
    for found in each.found:
        say(f"  file {found.file}, line {found.line:,} ({found.kind}), SHA-256 {found.sha256}")


def _say_notice(each: ProvenNotice) -> None:
    say()
    named = ", ".join(map(str, each.purchases)) or "none"
    say(f"Notice {each.number}, wave {each.wave} “{plain(each.wave_name)}”: {each.wave_kind}")
    way = Way(each.way).label.lower()
    say(f"  by {way} to {plain(each.to)}, in {each.language}; names purchase {named}")
    if each.approved_at:
        who = f"{plain(each.approved_by)} on {_moment(each.approved_at)}"
        say(f"  approved by {who}, version {each.version}; text SHA-256 {each.text}")
    say(f"  “{plain(each.subject)}”" if each.subject else "  (no subject)")
    say(f"  {STANDS[NoticeState(each.state)]}" + (f": {each.why}" if each.why else ""))
    for what, at in (
        ("made", each.made_at),
        ("waits until", each.not_before),
        ("first tried", each.first_tried_at),
        ("sent", each.sent_at),
        ("delivered", each.delivered_at),
        ("ended", each.ended_at),
        ("its link's button was pressed", each.opened_at),
    ):
        if at:
            say(f"  {what} {_moment(at)}")
    if each.attempts:
        again = f", of which {each.repeats} may have gone out once more" if each.repeats else ""
        say(f"  {counted(each.attempts, 'attempt', 'attempts')}{again}; {each.message_id}")
    for call in each.calls:
        say(f"  called {_moment(call.at)} by {plain(call.by)}: {call.outcome}")
    for answer in each.answers:
        undone = f", taken back {_moment(answer.undone_at)}" if answer.undone_at else ""
        say(f"  answered {_moment(answer.at)}: {answer.kind}{undone}")
    for reference in each.filings:
        say(f"  claim {reference} was filed by its link")
    for reference in each.begun:
        say(f"  draft {reference} was begun by its link, and not sent")
    for entry in each.log:
        why = f" ({entry.reason})" if entry.reason else ""
        sealed = "" if entry.sealed else ", not sealed yet"
        say(f"  log {entry.number}: {_moment(entry.at)} {entry.moved}, {entry.by}{why}{sealed}")


def _say_reach(found: Reach) -> None:
    channels = list(found.channels.items())
    table = Table("units", *(channel.value for channel, _ in channels), "all")
    columns = [*(figures for _, figures in channels), found.whole]
    for name in names_of_reach():
        said = FIGURES.get(name, name.replace("_", " "))
        table.add_row(said, *(f"{getattr(column, name):,}" for column in columns))
    shares = (column.share for column in columns)
    table.add_row("reach", *("—" if each is None else share_in_words(each) for each in shares))
    show_table(table)
    if (share := found.whole.share) is not None:
        side = "at or above" if share >= ALERT else "below"
        say(
            f"Reach is {share_in_words(share)} of the units that order files name: {side} the "
            f"{ALERT:.0%} of a “Recall Alert”."
        )
    if found.share_of_recalled is not None:
        say(
            f"Of {found.recalled:,} recalled units somebody was told about "
            f"{share_in_words(found.share_of_recalled)}."
        )
    if weak := weak_in_words(found.whole):
        say(weak)
    for word in found.shops:
        say(
            f"{plain(word.shop)} says in numbers alone: {word.told:,} told, {word.failed:,} not, "
            f"of {word.orders:,} orders. No row stands behind it: it is in no figure."
        )


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC" if at else ""
