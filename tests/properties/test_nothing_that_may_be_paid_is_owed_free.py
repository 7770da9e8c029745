"""Whatever a former system says of a claim: what may have been paid protects its unit, and nothing
that is taken over can be ordered before a person lets it."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.claims.states import HOLDS_NOTHING, ClaimState
from recalldesk.foundation import clock
from recalldesk.recalls.document import Document
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.remedies.states import INEFFECTIVE, Held, RemedyState
from recalldesk.takeover.claims_judged import STANDS_AT, Unit, has_paid, judged
from recalldesk.takeover.claims_said import TAKEN_AS, claim_said
from recalldesk.takeover.mapping import Part
from recalldesk.takeover.remedies_said import Terms
from recalldesk.takeover.said import REMEDY_STATES, NotSaid
from recalldesk.units.verdict.answer import Verdict
from tests.takeover.former import text_of_cards

DOCUMENT: Document = read_recall_file(text_of_cards())
TERMS = Terms(DOCUMENT, Part(), clock.now(), is_sheet=False)
LINES = st.fixed_dictionaries(
    {
        "reference": st.sampled_from(("ERS-1", "")),
        "state": st.sampled_from((*TAKEN_AS, "pondered")),
        "serial": st.sampled_from(("TW24000001", "")),
        "email": st.sampled_from(("owner@home.example", "", "nowhere")),
        "remedy": st.sampled_from(("card", "money", "new-kettle", "gift_card", "", "a pony")),
        "remedy_state": st.sampled_from((*REMEDY_STATES, "", "perhaps")),
        "remedy_provider": st.sampled_from(("tremendous", "A bank", "")),
        "remedy_reference": st.sampled_from(("ORDER1", "")),
        "remedy_amount": st.sampled_from(("39.90", "", "about 40")),
    }
)
UNITS = st.builds(
    Unit,
    digest=st.sampled_from((b"u" * 32, b"")),
    found=st.sampled_from([each.value for each in Verdict]),
    is_held=st.booleans(),
    has_remedy=st.booleans(),
)


@settings(deadline=None)
@given(line=LINES, unit=UNITS)
def test_what_may_be_paid_is_never_free(line: Mapping[str, str], unit: Unit) -> None:
    try:
        said = claim_said(line, TERMS, 1)
    except NotSaid:
        return
    found = judged(said, unit, DOCUMENT.remedies[0])
    given_state = found.remedy.given.state if found.remedy and found.remedy.given else None
    if has_paid(said):
        assert found.owed is not None
        assert given_state not in INEFFECTIVE
    if found.owed is not None and given_state is None:
        assert found.held in (Held.TAKEN_OVER, Held.MAYBE_SENT)
        assert found.state == ClaimState.APPROVED
    if given_state is not None:
        assert found.state == STANDS_AT[given_state]
        assert given_state != RemedyState.WAITING
    if found.holds_unit:
        assert not unit.is_held
        assert found.state not in HOLDS_NOTHING
    if not has_paid(said) and given_state is None and found.owed is not None:
        assert not unit.is_held
        assert not unit.has_remedy
        assert unit.found == Verdict.AFFECTED
