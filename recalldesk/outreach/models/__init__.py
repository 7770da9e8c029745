"""The rows of this package: wishes, waves, their notices, and what came back."""

from recalldesk.outreach.models.answer import Answer, Call, NoticeFiling, PassedOn, Suppressed
from recalldesk.outreach.models.by_hand import ToldByHand
from recalldesk.outreach.models.code import NoticeCode
from recalldesk.outreach.models.growth import GrowthWatch
from recalldesk.outreach.models.notice import DirectNotice, LetterFile, NamedPurchase
from recalldesk.outreach.models.pace import Pace
from recalldesk.outreach.models.telling import ShopTelling, ToldOrder
from recalldesk.outreach.models.wave import Wave, WaveText

__all__ = [
    "Answer",
    "Call",
    "DirectNotice",
    "GrowthWatch",
    "LetterFile",
    "NamedPurchase",
    "NoticeCode",
    "NoticeFiling",
    "Pace",
    "PassedOn",
    "ShopTelling",
    "Suppressed",
    "ToldByHand",
    "ToldOrder",
    "Wave",
    "WaveText",
]
