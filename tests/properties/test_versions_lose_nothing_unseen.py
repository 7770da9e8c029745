"""Whatever three versions in a row say and import: what the next one lost holds it back."""

from pathlib import Path
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from recalldesk.audit.states import Reason
from recalldesk.foundation import clock
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.states import VersionState
from recalldesk.units.errors import ImportRefused, RangeNotCountable
from recalldesk.units.facts import scope_facts
from recalldesk.units.index.version_index import open_version
from recalldesk.units.indexing import build
from recalldesk.units.publication import standing_findings
from recalldesk.units.verdict.known import KnownVersion
from recalldesk.units.verdict.uncovered import uncovered
from tests.cast import Cast, Desk, recall_text
from tests.units.test_nothing_is_dropped_unseen import unstated

STEM, ENDS = "TW240500", "0129AB"
SERIALS = tuple(STEM + first + second for first in ENDS for second in ENDS)
SECOND_PRODUCT = '"k20", "k21"'

serials = st.sampled_from(SERIALS)
ends = st.tuples(serials, serials).map(sorted)
kinds = st.sampled_from(["recalled", "recalled", "excluded"])
products = st.sampled_from(['"k20"', SECOND_PRODUCT])
patterns = st.sampled_from([f"{STEM}0?", f"{STEM}?1", f"{STEM}##", f"{STEM}*", f"{STEM}[AB]?"])
countings = st.sampled_from(["digits", "alphabet"])
rows = st.lists(serials, max_size=4) | st.lists(ends, max_size=2)


@st.composite
def scopes(draw: st.DrawFn) -> tuple[str, dict[str, list[Any]]]:
    """The scope of a recall file, and the rows that come for each of its lists."""
    parts, files = [], dict[str, list[Any]]()
    for name in draw(st.lists(st.sampled_from("abc"), unique=True, max_size=3)):
        files[name] = draw(rows)
        parts.append(f'[[scope.lists]]\nname = "{name}"\ncounting = "{draw(countings)}"')
    for _ in range(draw(st.integers(0, 2))):
        start, end = draw(ends)
        counting = "alphabet" if not (start[-2:] + end[-2:]).isdigit() else draw(countings)
        row = f'start = "{start}"\nend = "{end}"\ncounting = "{counting}"'
        parts.append(f"[[scope.ranges]]\n{row}")
    parts += [f'[[scope.patterns]]\npattern = "{p}"' for p in draw(st.lists(patterns, max_size=1))]
    said = [f'{part}\nmeaning = "{draw(kinds)}"\nproducts = [{draw(products)}]' for part in parts]
    # One entry always recalls, so that every file holds together.
    said.append(f'[[scope.patterns]]\npattern = "TW9999999?"\nproducts = [{SECOND_PRODUCT}]')
    return "\n".join(said), files


def text_of(scope: str, number: int) -> str:
    """A recall file of two products whose serials are alike, in no version the same."""
    text = unstated(recall_text(scope=scope))
    begin, end = text.index("\n[[products]]\n"), text.index("\n[scope]\n")
    product = text[begin:end].replace('key = "k20"', 'key = "k21"', 1).replace("K20", "K21")
    text = text[:end] + product + text[end:]
    text = text.replace('products = ["k20"]', 'products = ["k20", "k21"]', 1)
    return text.replace("Tidewater Kettle", f"Tidewater Kettle {number}")


def went_live(kettles: Desk, number: int, scope: tuple[str, dict[str, list[Any]]]) -> RecallVersion:
    """The version approved, its lists taken as they came, past all findings."""
    version = kettles.apply(text_of(scope[0], number))
    for name, lines in scope[1].items():
        if not lines:
            continue
        path: Path = kettles.folder / "rows.csv"
        ranged = not isinstance(lines[0], str)
        heading = "start,end" if ranged else "serial"
        body = [",".join(line) if ranged else line for line in lines]
        path.write_text("\n".join([heading, *body]) + "\n", encoding="utf-8")
        take_or_leave(kettles, version, path, name)
    return kettles.approve(version)


def take_or_leave(kettles: Desk, version: RecallVersion, path: Path, name: str) -> None:
    """The file is the whole list, where a row of it can be taken."""
    try:
        kettles.take(version, path, name=name, replace=True)
    except ImportRefused:
        return


def known(version: RecallVersion) -> KnownVersion:
    return open_version(build(version))


def holds(index: KnownVersion, serial: str) -> bool:
    return any(scope.holds(scope.form.fold(serial)) for scope in index.scopes)


def make_live(version: RecallVersion) -> None:
    RecallVersion.objects.filter(recall=version.recall, state=VersionState.LIVE).update(
        state=VersionState.SUPERSEDED
    )
    RecallVersion.objects.filter(pk=version.pk).update(
        state=VersionState.LIVE, index_name=build(version).name, published_at=clock.now()
    )


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # to shrink takes minutes, on a database
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(three=st.lists(scopes(), min_size=3, max_size=3))
def test_what_is_lost_holds_the_next_version_back(
    kettles: Desk, cast: Cast, three: list[tuple[str, dict[str, list[Any]]]]
) -> None:
    with transaction.atomic():
        before: KnownVersion | None = None
        for number, scope in enumerate(three, start=1):
            version = went_live(kettles, number, scope)
            after = known(version)
            if before is not None and not is_seen(version, before, after):
                break
            make_live(version)
            before = after
        transaction.set_rollback(True)


def is_seen(version: RecallVersion, before: KnownVersion, after: KnownVersion) -> bool:
    """Checks what the test is about. False where the version can never go live as it is."""
    lost = [s for s in SERIALS if holds(before, s) and not holds(after, s)]
    try:
        facts, standing = scope_facts(version), standing_findings(version)
    except RangeNotCountable:
        return False
    if lost:
        assert facts.dropped or facts.narrowed, lost
        assert Reason.SERIALS_DROPPED in {s.finding.reason for s in standing}, lost
        assert uncovered(before, after).count >= len(lost)
    return True
