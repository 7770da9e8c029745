"""A run in words: one line of figures, and what was wrong."""

from collections.abc import Iterator

from chaos.plan import HOUR, Target
from chaos.run import Ran
from chaos.verdict import Outcome

NAMED = 20


def line_of(ran: Ran) -> str:
    """All figures of a run."""
    verdict, kills = ran.verdict, sum(ran.kills.values())
    by_kind = ", ".join(f"{target} {ran.kills[target]}" for target in Target)
    count = verdict.outcomes
    log = "broken" if verdict.log else "whole"
    return (
        f"chaos {'passed' if ran.is_good else 'FAILED'}, seed {ran.seed}: "
        f"{ran.sizes.claims:,} claims, {kills} kills ({by_kind}) in {ran.seconds:,.0f} s, "
        f"clock jumped {ran.jumped / HOUR:,.0f} h, disk full {ran.full} times, "
        f"restored {'once' if ran.restored else 'never'}; "
        f"{count[Outcome.PAID]:,} paid once, {count[Outcome.WITH_OWNER]:,} wait for their owner, "
        f"{count[Outcome.DEAD_LETTER]:,} in the dead letter; "
        f"{count[Outcome.DOUBLED] + verdict.codes} doubled, {count[Outcome.LOST]} lost, "
        f"{count[Outcome.OPEN]} not at their end, {verdict.strange} unknown; "
        f"the log {log}, {verdict.log_rows:,} rows"
    )


def reasons(ran: Ran) -> Iterator[str]:
    """What was wrong, if anything was."""
    for number, outcome in ran.verdict.bad[:NAMED]:
        yield f"claim {number}: {outcome}"
    for finding in ran.verdict.log[:NAMED]:
        yield f"the log: {finding}"
    if ran.left:
        yield f"left when it was judged: {ran.left}"
