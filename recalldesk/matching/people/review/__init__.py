"""What the rules leave, looked through as a whole by Splink: pairs that a person may confirm.

Guarantees: joins nobody; local, without a network; nothing of a record is written to a disk or a
log. Heavy to import: only a job imports it.
"""

from recalldesk.matching.people.review.reviewing import LIKELY, review

__all__ = ["LIKELY", "review"]
