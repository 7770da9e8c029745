"""Why a letter is not printed after all.

Guarantee: nobody is left out without a reason that stands with the notice.
"""

from collections.abc import Sequence

from django.db.models import Q

from recalldesk.outreach.let_go import let_go_among
from recalldesk.outreach.letters.addresses import printed_address
from recalldesk.outreach.letters.version import home_of
from recalldesk.outreach.models import DirectNotice, Suppressed, Wave
from recalldesk.outreach.resting import answered_meanwhile
from recalldesk.outreach.states import Way, Withheld


def why_withheld(wave: Wave, letters: Sequence[DirectNotice]) -> dict[int, Withheld]:
    """The reasons, by the number of the notice. Raises SealingError."""
    digests = {bytes(each.contact_digest) for each in letters}
    rows = Suppressed.objects.filter(Q(recall=None) | Q(recall_id=wave.recall_id), lifted_at=None)
    rows = rows.filter(way=Way.LETTER, contact_digest__in=digests)
    silenced = {bytes(each) for each in rows.values_list("contact_digest", flat=True)}
    for each in letters:
        each.wave = wave
    answered = answered_meanwhile(letters)
    let_go = let_go_among([each.pk for each in letters])
    home = home_of(wave)
    reasons = {}
    for each in letters:
        digest = bytes(each.contact_digest)
        if digest in silenced:
            reasons[each.pk] = Withheld.SUPPRESSED
        elif each.pk in answered:
            reasons[each.pk] = Withheld.ANSWERED
        elif each.pk in let_go:
            reasons[each.pk] = Withheld.LET_GO
        elif not printed_address(each, home=home):
            reasons[each.pk] = Withheld.NO_SUCH_WAY
    return reasons
