"""Two made-up recalls by two firms' brands: Tidewater's kettle, and Harbour's."""

from tests.cast import recall_text

TIDEWATER, HARBOUR = "recall.tidewater.example", "recall.harbour.example"
HARBOUR_SLUG = "kettle-h7"
HARBOURS_SERIALS = ("TW24550001", "TW24550112", "TW24550223", "TW24550334", "TW24550445")
CONTACT = (
    ("Tidewater Kitchen", "Harbour Home"),
    ("recall@example.com", "recall@harbour.example"),
    ("recall-help@example.com", "help@harbour.example"),
    ("800555", "888555"),
    ("1-800-555", "1-888-555"),
    ("#0b5a6b", "#7a1f5c"),
    ("Tidewater", "Harbour"),
    ("tidewater", "harbour"),
)
HARBOURS = ("Harbour", "harbour", "888555", "888-555")
TIDEWATERS = ("Tidewater", "tidewater", "example.com", "800555", "800-555")


def harbours_text(text: str = "") -> str:
    """The kettle's file, as another firm would have written it."""
    text = text or recall_text(HARBOUR_SLUG)
    for ours, theirs in CONTACT:
        text = text.replace(ours, theirs)
    return text
