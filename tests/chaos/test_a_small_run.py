"""A small run from end to end, so that the harness stays whole: `make chaos` is the real one.

It comes with `make check-all`: each day kills of each part are tried by tests of their own.
"""

from chaos.plan import Sizes
from chaos.run import run
from chaos.saying import line_of, reasons
from tests.now_and_then import now_and_then
from tests.programs import data_folder

SMALL = Sizes(claims=30, kills=8)


@now_and_then
def test_everything_is_killed_and_every_claim_is_paid_once_or_waits_with_its_reason() -> None:
    said: list[str] = []
    with data_folder() as home:
        ran = run(home.parent, 11, SMALL, said.append)
    assert ran.is_good, [*said, *reasons(ran), line_of(ran)]
    assert ran.restored
    assert sum(ran.verdict.outcomes.values()) == SMALL.claims
    assert "0 doubled, 0 lost, 0 not at their end, 0 unknown; the log whole" in line_of(ran)
