"""How often was asked, in words: a part of `recalldesk recall show`."""

from rich.table import Table

from recalldesk.checks.reads import Asked, all_checks, said_by, said_in_frames
from recalldesk.checks.states import UNANSWERED
from recalldesk.cli.screen import counted, say, show_table
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall


def say_how_often_asked(recall: Recall) -> None:
    """The recall's own counts as a table, and those of all checks in two lines."""
    at = clock.now()
    said = said_by(recall, at=at)
    if said:
        say("said in checks, over all its versions:")
        table = Table("answer", "last hour", "today (UTC)", "since its publication", "by")
        for verdict, asked in said.items():
            table.add_row(verdict, *_figures(asked), _doors(asked))
        show_table(table)
        _say_of_shops(recall)
    else:
        say("No check has named it yet.")
    _say_all(all_checks(at=at))


def _say_of_shops(recall: Recall) -> None:
    """Of these, what it said on the pages of shops."""
    said = said_in_frames(recall)
    if not said:
        return
    say("of these, in frames on the pages of shops, since its publication:")
    table = Table("shop", "answers")
    for shop, answers in said.items():
        table.add_row(shop, ", ".join(f"{verdict} {count:,}" for verdict, count in answers.items()))
    show_table(table)


def _figures(asked: Asked) -> tuple[str, str, str]:
    return f"{asked.last_hour:,}", f"{asked.today:,}", f"{asked.ever:,}"


def _doors(asked: Asked) -> str:
    return ", ".join(f"{source.value} {count:,}" for source, count in asked.by_source.items())


def _say_all(asked: dict[str, Asked]) -> None:
    """Every check of this server, whatever it named, and how many could not be answered."""
    last_hour = sum(entry.last_hour for entry in asked.values())
    ever = sum(entry.ever for entry in asked.values())
    say(
        f"All recalls together: {counted(ever, 'check', 'checks')}, {last_hour:,} in the last hour."
    )
    unanswered = asked.get(UNANSWERED)
    if unanswered is not None:
        say(
            f"  Of these, {unanswered.ever:,} could not be answered and were told to try again "
            f"later, {unanswered.last_hour:,} in the last hour."
        )
