"""What the firm did in public, row by row.

Guarantees, kept by the database itself: no row is ever changed or deleted; what was wrong is taken
back by a row of its own moment, once.
"""

from recalldesk.publicity.models.auction_check import AuctionCheck
from recalldesk.publicity.models.home_page import HomePageAnswer
from recalldesk.publicity.models.log_hits import CountedLines, HitsFile, LogHits
from recalldesk.publicity.models.page_hits import PageHits
from recalldesk.publicity.models.reminder import HomePageReminder
from recalldesk.publicity.models.social import SocialPost, SocialReading

__all__ = [
    "AuctionCheck",
    "CountedLines",
    "HitsFile",
    "HomePageAnswer",
    "HomePageReminder",
    "LogHits",
    "PageHits",
    "SocialPost",
    "SocialReading",
]
