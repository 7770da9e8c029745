"""The words of what a firm does in public: where a link stands, networks, what was found and done,
and the kinds of a recall's pages."""

from django.db.models import TextChoices


class LinkPlace(TextChoices):
    """Where on the home page the link to the recall stands."""

    TOP_THIRD = "top_third", "In the top third"
    BELOW = "below", "Further down"


class Stage(TextChoices):
    """Of what the desk is reminded."""

    UNANSWERED = "unanswered", "Nobody has answered"
    ENDING = "ending", "The 120 days are nearly over"
    OVER = "over", "The 120 days are over"


class Network(TextChoices):
    """Where a post stands."""

    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    X = "x", "X"
    YOUTUBE = "youtube", "YouTube"
    TIKTOK = "tiktok", "TikTok"
    LINKEDIN = "linkedin", "LinkedIn"
    THREADS = "threads", "Threads"
    BLUESKY = "bluesky", "Bluesky"
    PINTEREST = "pinterest", "Pinterest"
    REDDIT = "reddit", "Reddit"
    OTHER = "other", "Another network"


class PostKind(TextChoices):
    """What a post says."""

    FIRST = "first", "Announces the recall"
    REMINDER = "reminder", "Reminds of it"
    CHANGE = "change", "Tells what changed"
    ANSWER = "answer", "Answers questions"


class Action(TextChoices):
    """What was done about listings of the product."""

    NONE = "none", "Nothing"
    SITE = "site", "The site was told"
    SELLER = "seller", "The sellers were told"
    BOTH = "both", "Site and sellers were told"
    OTHER = "other", "Something else"


class Outcome(TextChoices):
    """What came of it."""

    NOTHING = "nothing", "Nothing was to be done"
    LISTED = "listed", "Still listed"
    REMOVED = "removed", "All are gone"
    PARTLY = "partly", "Some are gone"
    REFUSED = "refused", "The site refused"


class PageKind(TextChoices):
    """The public pages of a recall whose hits are counted."""

    NOTICE = "notice", "Notice"
    CHECK = "check", "Check"
    CLAIM = "claim", "Beginning of a claim"
    LIST = "list", "List of units"
    DANGER = "danger", "Danger"
    INCIDENT = "incident", "Report of an incident"
    DISPOSAL = "disposal", "Disposal"
    UNREADABLE = "unreadable", "Serial that cannot be read"
    SHOPS = "shops", "For shops"
    PRIVACY = "privacy", "Privacy"
    PAPER = "paper", "Poster and press release"


class HitsFrom(TextChoices):
    """By what the hits of a day count."""

    LOG = "log", "a proxy's log"
    OWN = "own", "the program’s own count"


class LogForm(TextChoices):
    """The form of a proxy's log."""

    AUTO = "auto", "Either, line by line"
    COMBINED = "combined", "Combined, as nginx and Apache write it"
    JSON = "json", "JSON, as Caddy writes it"


class LineReason(TextChoices):
    """Why a line of a log is not taken."""

    NO_FORM = "no_form", "is not of the form of an access log"
    NO_TIME = "no_time", "has no time that can be read"
    TO_COME = "to_come", "tells of a time to come"
    TOO_LONG = "too_long", "is longer than 16,384 bytes"
    NO_END = "no_end", "has no end: the log is still being written"
