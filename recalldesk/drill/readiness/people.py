"""Whether there are enough people for what comes, and whether each has a second factor."""

import math
from collections.abc import Iterator

from recalldesk.accounts.permissions import Permission
from recalldesk.accounts.reads import all_staff, staff_who_may
from recalldesk.accounts.second_factor import has_second_factor, must_give
from recalldesk.drill.readiness.about import About
from recalldesk.drill.readiness.points import Line, Point, bad, good, look, point

AT_WORK = 6.5
"""Hours of a working day in which a reviewer decides."""
HOUR = 3600
MOST_NAMED = 5
TWO_OF = (
    (Permission.APPROVE_WAVES, "approve a wave that another wrote"),
    (Permission.DECIDE_SECOND, "give a second opinion"),
    (Permission.RELEASE_BUDGET, "release a day's budget"),
)


def staff(about: About) -> Point:
    """Reviewers for the first day's claims; two people wherever two are asked for."""
    return point(
        "Staff for the queue",
        _staff(about),
        "Invite more people at the desk, or have fewer claims need a person: see the reasons in "
        "the desk's figures.",
    )


def _staff(about: About) -> Iterator[Line]:
    usual = about.outcome.usual
    share = about.outcome.usual_to_a_person / usual if usual else 1.0
    cases = math.ceil(about.launch.owners * share)
    a_day = AT_WORK * HOUR / about.wanted.seconds_a_case
    days = about.document.promises.review_days
    needed = max(1, math.ceil(cases / (a_day * max(days, 1))))
    there = len(list(staff_who_may(Permission.DECIDE_CLAIM)))
    yield good(
        f"In the drill {share:.0%} of {usual:,} claims came before a person, without those that "
        f"had no photos for the drill's sake: {cases:,} of the first day's. One decides "
        f"{a_day:,.0f} a day, and the recall promises {days} working days."
    )
    words = f"{there:,} may decide claims; {needed:,} are needed for the first day's."
    yield good(words) if there >= needed else look(words) if there * 2 >= needed else bad(words)
    for permission, what in TWO_OF:
        count = len(list(staff_who_may(permission)))
        people = "1 person may" if count == 1 else f"{count:,} people may"
        line = f"{people} {what}; it takes two."
        yield good(line) if count >= 2 else bad(line)
    problems = about.outcome.desk_problems
    for problem, count in sorted(problems.items(), key=lambda each: -each[1])[:2]:
        yield look(f"In the drill a reviewer was refused {count:,} times: {problem[:160]}")


def factors(about: About) -> Point:
    """Who signs in with a password alone."""
    return point(
        "Second factors",
        _factors(),
        "Have each set one up at the desk, under their name.",
    )


def _factors() -> Iterator[Line]:
    people = [each for each in all_staff() if each.is_active and must_give(each)]
    without = [each.name for each in people if not has_second_factor(each)]
    if not people:
        yield bad("Nobody can sign in at the desk yet.")
    elif not without:
        yield good(f"All {len(people):,} who need a second factor have one.")
    else:
        named = ", ".join(without[:MOST_NAMED])
        more = f" and {len(without) - MOST_NAMED:,} more" if len(without) > MOST_NAMED else ""
        words = f"{len(without):,} of {len(people):,} have none yet: {named}{more}."
        yield bad(words) if len(without) == len(people) else look(words)
