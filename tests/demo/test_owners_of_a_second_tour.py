"""Who files in a second tour has a unit with which nobody has had anything to do."""

import gzip
from pathlib import Path

import pytest

from recalldesk.demo.owners import owners_of
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import document_of
from recalldesk.remedies.corrections.naming import listed_unit
from recalldesk.remedies.corrections.reporting import report_correction
from recalldesk.remedies.corrections.rows import Row
from recalldesk.remedies.corrections.states import Level, Measure
from tests.cast import SERIALS, Cast
from tests.stock.at_a_shop import in_days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


def test_a_unit_that_a_shop_refunded_is_left_out(
    published_recall: RecallVersion, cast: Cast, tmp_path: Path
) -> None:
    recall, document = published_recall.recall, document_of(published_recall)
    file = tmp_path / "serials.csv.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(f"{line}\n" for line in ("serial", *SERIALS))
    row = Row(
        level=Level.CONSUMER,
        measure=Measure.REFUNDED,
        units=1,
        happened_on=in_days(0),
        reported_by="Madeup Market",
        unit=listed_unit(SERIALS[0], recall=recall, document=document),
    )
    report_correction(recall=recall, row=row, by=cast.author)
    ((_, unit),) = owners_of(file, document, ["gift-card"])
    assert unit.serial == SERIALS[1]
