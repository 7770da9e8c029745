"""What an export says of itself, to whoever must bring it in elsewhere."""

from recalldesk.recalls.models import Recall
from recalldesk.takeover.leaving.wanted import Wanted

TEXT = """\
# {title}: everything of this recall, as it left

`manifest.json` names each file with its size and SHA-256, and each table that is not here with the
reason. A file that is not in it, or differs from it, is not of this export. It holds rows
{what}.

## What is here

- `recall/`: the recall's file in TOML, each version, and its pictures by the names that it has for
  them (`named` in `manifest.json`); `former/` has those that a later version replaced.
- `tables/`: each table twice. `.jsonl`: a JSON object a line, in UTF-8, exact: bring in these.
  `.csv`: the same for spreadsheets, in UTF-8 with a byte order mark, commas, all cells quoted; a
  text that a spreadsheet would take for a formula has `'` before it, and lists are JSON.
- `schema.json`: the data dictionary. What each table is, and of each column: its kind, whether it
  may be empty, the table whose `id` it is (`points_to`), the words that it may have with what they
  mean (`values`), whether it tells of people (`is_personal`); and which columns are not written,
  with the reason. Moments are ISO 8601 with their zone, days YYYY-MM-DD, amounts decimal texts,
  bytes hexadecimal.
- `reports/`: what was filed with authorities, as PDF; `tables/reports.FiledReport` says of what.
{more}
## Bringing it in elsewhere

Stop this recall here before it goes on elsewhere: what both send, an owner has twice.

With Recalldesk: apply the recall's file and its pictures, bring in the serials of
`tables/units.SerialEntry.csv` (`recalldesk serials import`, column `serial`; of several lists, each
`serial_list_id` by itself), publish. Then `recalldesk takeover` of this folder, first with
`--look`; then compare providers, and let what is owed go on.

With another system: `claims.csv` has a line a unit, with its remedy, its provider and the
provider's own reference. What is `unknown` may have been sent: order none of these anew before the
provider was asked. Never order anew what is `ordered`, `sent` or `delivered`. `notices.csv` says
who was told, when and how. All else is in the tables: start at `claims.Claim`, whose `filing_id`
leads to its owner, `remedy_id` to what was given, `evidence_id` to its photos.

## What is not here

{missing}
"""
PEOPLE = """\
- `claims.csv`, `notices.csv`, `takeover.toml`: claims with remedies, and notices, as
  `recalldesk takeover` reads them.
- `photos/`: what owners sent, as JPEG without metadata, named by `evidence.Photo` and in
  `claims.csv`.
- `enclosed/`: certificates of partners, and what was attached to answers to authorities.
"""
ORIGINALS = """\
- `originals/`: order files as shops sent them (`purchasers.OrderFile`), and files as they were
  handed to banks and warehouses (`remedies.Batch`).
"""
CODES = """\
- `codes/gift-codes.jsonl`: gift codes. They are money: whoever reads them spends them. `left` was
  given to nobody: hand out none here any more before one is handed out elsewhere.
"""
LACKS = {
    "personal": "- What tells of people: it was left out by choice (`--without-personal`).",
    "originals": "- Files as shops sent them and as banks had them; their lines are in the tables. "
    "`--with-originals` brings them.",
    "codes": "- Gift codes: they are money. `--with-codes` brings them.",
}
ALWAYS = """\
- What opens something here and nothing anywhere else: links, keys, passwords, keyed digests.
- What providers were sent and answered, word by word; orders say what came of it.
- Photos that nobody looked through yet or that may do harm, originals of photos with their
  metadata, and what was erased.
- The seals of the log: they cover rows of other recalls; `recalldesk audit` proves them here.\
"""


def readme(recall: Recall, wanted: Wanted) -> bytes:
    """README.md of an export."""
    more = (
        (PEOPLE if wanted.personal else "")
        + (ORIGINALS if wanted.originals else "")
        + (CODES if wanted.codes else "")
    )
    lacks = [text for name, text in LACKS.items() if not getattr(wanted, name)]
    text = TEXT.format(
        title=recall.slug, what=wanted, more=more, missing="\n".join((*lacks, ALWAYS))
    )
    return text.encode()
