"""`recalldesk audit`: the sealed log, its heads, and all that it holds of one claim.

Guarantee: the exit code is 0 only where nothing was found, and a head of the last two days speaks
for it.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from recalldesk.audit.errors import LogProblem, NothingSealed
from recalldesk.audit.findings import Finding, Verified
from recalldesk.audit.head_text import SignedHead
from recalldesk.audit.heads import make_head, newest_head, public_keys, signing_key
from recalldesk.audit.saying import moment
from recalldesk.audit.verifying import verify
from recalldesk.cli.person import As, proved
from recalldesk.cli.screen import complain, counted, out, say, warn, working
from recalldesk.config.database import refuse_unprepared
from recalldesk.foundation import clock
from recalldesk.foundation.private_files import create_private
from recalldesk.mailing.log_heads import heads_that_reached_nobody

NAMED = 20
FOUND, UNHELD = 1, 3
"""Exit codes."""
YOUNG = timedelta(days=2)
"""A head is made each day: an older one says that none was, or that it was not given."""
app = typer.Typer(no_args_is_help=True)


@app.callback()
def _audit() -> None:
    """The log is sealed by the worker; here it is verified, and shown to whoever asks."""


@app.command("verify")
def verify_(
    head: Annotated[
        list[Path] | None,
        typer.Option(help="A head that left: its file, or its mail as saved. May be repeated."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Verify every row of the log against its block, the chain, and the signed heads at hand.

    Ends with 1 where anything was touched, removed, added or cut, and names the first of it; with
    3 where nothing was, but no head is at hand, or none of the last two days.
    """
    refuse_unprepared()
    with working("reading the log"):
        verified = verify(head or ())
    if as_json:
        out.print_json(json.dumps(_as_json(verified)))
    else:
        _say_verified(verified)
    if not verified.is_whole:
        raise typer.Exit(FOUND)
    if not _is_held(verified):
        raise typer.Exit(UNHELD)


@app.command("head")
def head_(
    new: Annotated[
        bool, typer.Option("--new", help="Seal what waits, make a head now, and send it out.")
    ] = False,
) -> None:
    """Print the newest signed head of the log."""
    refuse_unprepared()
    found = make_head() if new else newest_head()
    if found is None:
        raise NothingSealed(
            "No head was made yet.", "A worker makes one each day; `--new` makes one now."
        )
    say(found.text.rstrip())


@app.command("key")
def key() -> None:
    """Print the public key by which heads are verified; everybody may have it."""
    public = signing_key().public
    say(f"name: {public.name}")
    say(f"key: {public.text}")
    say(public.pem.rstrip())
    if retired := sorted({*public_keys()} - {public.name}):
        say(f"Signatures of these count, too: {', '.join(retired)}.")


@app.command("export")
def export(
    reference: Annotated[str, typer.Argument(help="The claim's reference, such as R-2345-ACDE.")],
    as_: As,
    reason: Annotated[str, typer.Option("--reason", help="Why; it stands in the log.")],
    masked: Annotated[
        bool, typer.Option("--masked", help="Leave personal data out, to hand it on.")
    ] = False,
    folder: Annotated[
        Path, typer.Option(help="Where the two files are put, readable by you alone.")
    ] = Path(),
) -> None:
    """Write one claim's whole life as a PDF and as JSON. The log says who did, and why."""
    from recalldesk.reports.claim_life.as_json import as_json
    from recalldesk.reports.claim_life.as_pdf import as_pdf
    from recalldesk.reports.claim_life.exporting import export_claim

    refuse_unprepared()
    if not folder.is_dir():
        raise LogProblem(f"{folder} is no folder.", "Make it, or name another by --folder.")
    life = export_claim(reference=reference, by=proved(as_), reason=reason, masked=masked)
    name = f"{life.reference}-{life.exported_at:%Y%m%dT%H%M%SZ}"
    for ending, content in (("pdf", as_pdf(life)), ("json", as_json(life).encode())):
        path = folder / f"{name}.{ending}"
        with os.fdopen(create_private(path), "wb") as file:
            file.write(content)
        say(str(path))
    if not life.shows_personal:
        say("Personal data is masked.")


def _say_verified(verified: Verified) -> None:
    say(
        f"{counted(verified.rows, 'row', 'rows')} in {counted(verified.blocks, 'block', 'blocks')}"
        f"; {counted(verified.notes, 'note is', 'notes are')} as sealed, "
        f"{verified.erased_notes:,} erased."
    )
    say(
        "Of what the rows speak of, "
        f"{counted(verified.contents, 'thing is as it was', 'things are as they were')} written; "
        f"{counted(verified.erased_texts, 'text was', 'texts were')} erased."
    )
    if verified.waiting:
        say(f"{counted(verified.waiting, 'row waits', 'rows wait')} to be sealed.")
    if verified.late:
        say(
            f"{counted(verified.late, 'row says', 'rows say')} another time than they were sealed, "
            f"by more than an hour; the first is row {verified.first_late:,}. Was no worker "
            "running?"
        )
    _say_heads(verified)
    _say_losses(verified)
    if verified.is_whole and _is_held(verified):
        say("Nothing was touched, removed or added.")
        return
    if verified.is_whole:
        say("Nothing was found; but no head of the last two days speaks for it.")
        return
    for finding in verified.findings.kept[:NAMED]:
        _say_finding(finding, verified)
    total = verified.findings.counts.total()
    if total > NAMED:
        complain(f"… and {total - NAMED:,} more; the first one above is the first in the log.")
    complain(
        f"{counted(total, 'finding', 'findings')}.",
        "docs/log.md says what each means. Keep the database as it is: it is evidence.",
    )


def _say_heads(verified: Verified) -> None:
    holding, lost = verified.holding, heads_that_reached_nobody()
    if lost:
        warn(
            f"{counted(lost, 'mail', 'mails')} with a head reached nobody in the last month: are "
            "the addresses of RECALLDESK_LOG_HEADS_TO right?"
        )
    if not holding and not verified.blocks:
        return
    if not holding:
        warn(
            "No head that left is at hand: a chain that was made anew from its first block would "
            "not be seen. Give one by --head."
        )
        return
    newest = holding[-1]
    say(
        f"{counted(len(holding), 'head holds', 'heads hold')}; the newest is of "
        f"{moment(newest.made_at)}, block {newest.block:,}. "
        f"{counted(verified.unheld, 'block came', 'blocks came')} after it."
    )
    if not _is_held(verified):
        warn(
            "That is more than two days ago: what was sealed since could have been made anew. Does "
            "a worker run? Give a newer one by --head, or make one by `audit head --new`."
        )


def _is_held(verified: Verified) -> bool:
    """Whether a young head speaks for the chain; where there is none yet, there is nothing to."""
    if not verified.blocks:
        return True
    return bool(verified.holding) and clock.now() - verified.holding[-1].made_at <= YOUNG


def _say_losses(verified: Verified) -> None:
    for loss in verified.losses:
        restore = loss.restore
        left = counted(len(loss.heads), "head that left names", "heads that left name")
        warn(
            f"Restored at {moment(restore.restored_at)} from the backup of "
            f"{moment(restore.backup_of)}, as the log's key signed: rows after block "
            f"{restore.block:,} are lost. {left} {loss.rows:,} of them."
            if loss.heads
            else f"Restored at {moment(restore.restored_at)} from the backup of "
            f"{moment(restore.backup_of)}, as the log's key signed; no head tells of rows that "
            f"are lost after block {restore.block:,}."
        )


def _say_finding(finding: Finding, verified: Verified) -> None:
    complain(finding.words, _between(finding, verified))
    if finding.says is not None:
        told = ", ".join(f"{column} {value}" for column, value in finding.says.items() if value)
        complain("", f"  It says now: {told}")


def _between(finding: Finding, verified: Verified) -> str:
    if finding.block is None:
        return ""
    before, after = verified.between(finding.block)
    first = f"after the head of {_head(before)}" if before else "before any head that holds"
    if before is None and after is not None:
        first = "before every other head"
    last = f"before that of {_head(after)}" if after else "and no later head holds"
    return f"  Block {finding.block:,} was sealed {first}, {last}."


def _head(head: SignedHead) -> str:
    return f"{moment(head.made_at)} (block {head.block:,})"


def _as_json(verified: Verified) -> dict[str, object]:
    return {
        "whole": verified.is_whole,
        "held": _is_held(verified),
        "blocks": verified.blocks,
        "rows": verified.rows,
        "notes": verified.notes,
        "erased_notes": verified.erased_notes,
        "contents": verified.contents,
        "erased_texts": verified.erased_texts,
        "waiting": verified.waiting,
        "late": verified.late,
        "first_late": verified.first_late,
        "heads_that_hold": _heads(verified.holding),
        "restores": [
            {
                "block": loss.restore.block,
                "restored_at": loss.restore.restored_at.isoformat(),
                "backup_of": loss.restore.backup_of.isoformat(),
                "rows_lost": loss.rows,
                "heads_lost": _heads(loss.heads),
            }
            for loss in verified.losses
        ],
        "counts": {kind.value: count for kind, count in verified.findings.counts.items()},
        "findings": [
            asdict(finding) | {"between": _between_json(finding, verified)}
            for finding in verified.findings.kept
        ],
    }


def _between_json(finding: Finding, verified: Verified) -> list[int | None] | None:
    """The blocks of the two heads that hold around it."""
    if finding.block is None:
        return None
    return [head.block if head else None for head in verified.between(finding.block)]


def _heads(heads: Iterable[SignedHead]) -> list[dict[str, object]]:
    return [
        {
            "block": head.block,
            "rows": head.rows,
            "digest": head.digest.hex(),
            "made_at": head.made_at.isoformat(),
            "key": head.key,
        }
        for head in heads
    ]
