"""A draft that waits at the demo's desk for whoever joins it: one question more in the notice.

Guarantee: it is made once, by the one who writes; what owners read is not touched by it.
"""

from pathlib import Path

from recalldesk.accounts.models import Staff
from recalldesk.demo.terms import text_for_demo
from recalldesk.recalls.actions import apply_recall_file
from recalldesk.recalls.approval import send_for_approval
from recalldesk.recalls.reads import document_of, newest_version, recall_named
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.recalls.states import VersionState

QUESTION = """
# Made up for the demonstration: what a draft at the desk says otherwise.
[[faq]]
question = { en = "Two of mine are recalled. What now?", es = "Dos de las mías están retiradas. ¿Qué hago?" }
answer = { en = "Claim for both at once. Each gets a mark and a remedy of its own.", es = "Reclame por las dos a la vez. Cada una tiene su propia marca y su propia compensación." }
"""  # noqa: E501 - two lines of a recall file
WORD = "Demo: one question more. Preview it, then approve it or send it back."


def with_one_question_more(text: str) -> str:
    """The text of a recall file with the draft's question, as the demo publishes it."""
    return f"{text_for_demo(text).rstrip()}\n{QUESTION}"


def send_a_draft(*, file: Path, by: Staff) -> bool:
    """Sends a draft of the file's recall for approval; says whether there was none before.

    Nothing is done where the newest version is not the one that the demo itself published.
    """
    text = file.read_text(encoding="utf-8")
    recall = recall_named(file.parent.name)
    newest = newest_version(recall) if recall is not None else None
    if newest is None or newest.state != VersionState.LIVE or newest.author_id != by.pk:
        return False
    if document_of(newest) != read_recall_file(text_for_demo(text)):
        return False
    draft = apply_recall_file(text=with_one_question_more(text), by=by).version
    send_for_approval(version=draft, by=by, word=WORD)
    return True
