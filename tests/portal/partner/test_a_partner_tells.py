"""What a partner tells on its pages is kept once, and what is wrong with it is said beside it."""

import pytest

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.evidence.enclosures.errors import FileProblem
from recalldesk.evidence.enclosures.states import FileState
from recalldesk.portal.partner import words
from recalldesk.recalls.models import Recall
from recalldesk.remedies.corrections.states import Level, Measure, RowReason
from recalldesk.remedies.models import Correction, CorrectionFile, ReportedCorrection
from recalldesk.stock.errors import StockProblem
from recalldesk.stock.models import Posting, StockFile, StockReport, StopSale
from recalldesk.stock.reads.counts import Stock, stock_of
from recalldesk.stock.states import Kind, Through
from tests.cast import AFFECTED, FAR, SERIALS
from tests.portal.claims.conftest import photo_file
from tests.portal.partner.conftest import PDF, AtShop, pdf, text
from tests.stock.at_a_shop import in_days
from tests.worked import run_jobs

pytestmark = pytest.mark.django_db
TODAY = in_days(0).isoformat()
DESTROYED = {"kind": "destroyed", "units": "4", "happened_on": TODAY, "reference": "D-1"}


def stock(recall: Recall, at: AtShop) -> Stock:
    return stock_of(recall).get(at.partner.pk, Stock())


def corrected() -> int:
    return sum(Correction.objects.values_list("units", flat=True))


def file_of(*lines: str, name: str = "refunds.csv") -> object:
    return pdf("\n".join(lines).encode(), name)


def test_the_stop_sale_is_confirmed_in_one_step(
    inside: AtShop, recall: Recall, notice: StopSale
) -> None:
    page = text(inside.client.get(inside.at("stop-sale")))
    assert "2068(a)(2)(B)" in page
    sent = inside.fills_in("stop-sale", said_by="Pat Madeup", **{"on_hand-k20": "12"})
    assert sent.status_code == 303
    notice.refresh_from_db()
    assert (notice.through, notice.entered_by) == (Through.PAGE, None)
    assert stock(recall, inside).on_hand == 12
    page = text(inside.client.get(inside.at("stop-sale")))
    assert "Pat Madeup" in page
    assert page.index("at the address below") < page.index("/recalls/kettle-k20/check</bdi>")
    assert "<form class" not in page
    assert "You told us that you stopped selling" in text(inside.sees())


def test_without_a_name_or_a_number_it_is_asked_again_and_what_was_typed_stays(
    inside: AtShop, notice: StopSale
) -> None:
    sent = inside.fills_in("stop-sale", said_by="", **{"on_hand-k20": "a dozen"})
    assert sent.status_code == 422
    assert "a dozen" in text(sent)
    assert str(words.STOCK_PROBLEMS[StockProblem.NO_NAME]) in text(sent)
    assert str(words.NO_COUNT) in text(sent)
    notice.refresh_from_db()
    assert notice.acknowledged_at is None


def test_the_letter_to_shops_is_there_as_pdf(inside: AtShop) -> None:
    letter = inside.client.get(inside.at("letter.pdf"))
    assert letter["Content-Type"] == "application/pdf"
    assert letter.content.startswith(b"%PDF-")
    assert letter["Cache-Control"] == "no-store"


def test_counts_are_kept_and_the_newest_holds(inside: AtShop, recall: Recall) -> None:
    inside.fills_in("stock", day=TODAY, **{"on_hand-k20": "9", "quarantined-k20": "9"})
    inside.fills_in("stock", day=TODAY, **{"on_hand-k20": "7", "quarantined-k20": ""})
    assert (stock(recall, inside).on_hand, stock(recall, inside).quarantined) == (7, 9)


def test_an_empty_count_and_a_day_ahead_are_refused(inside: AtShop) -> None:
    assert inside.fills_in("stock", day=TODAY).status_code == 422
    more = inside.fills_in("stock", day=TODAY, **{"on_hand-k20": "5", "quarantined-k20": "9"})
    assert (more.status_code, "More are kept apart" in text(more)) == (422, True)
    ahead = in_days(3).isoformat()
    assert inside.fills_in("stock", day=ahead, **{"on_hand-k20": "7"}).status_code == 422
    assert not StockReport.objects.exists()


def test_a_double_click_counts_once(inside: AtShop) -> None:
    form = {**DESTROYED, "nonce": "a-form-of-made-up-name"}
    first = inside.presses(inside.at("moved"), **form)
    again = inside.presses(inside.at("moved"), **form)
    assert first["Location"] == again["Location"]
    assert corrected() == 4


def test_a_certificate_comes_with_it_and_is_handed_out_once_it_is_clean(
    inside: AtShop, recall: Recall
) -> None:
    sent = inside.fills_in("moved", **DESTROYED, certificate=pdf())
    assert sent.status_code == 303
    file = StockFile.objects.get()
    path = inside.at(f"certificates/{file.pk}")
    assert inside.client.get(path).status_code == 404
    run_jobs(tasks=["stock.scan_certificate"])
    file.refresh_from_db()
    assert file.state == FileState.CLEAN
    handed = inside.client.get(path)
    assert handed.content == PDF
    assert handed["Content-Disposition"].startswith("attachment")
    assert "sandbox" in handed["Content-Security-Policy"]
    log = StateChange.objects.filter(subject=Subject.STOCK_FILE, reason=Reason.FILE_TAKEN)
    assert log.get().actor_id == inside.partner.pk
    assert stock(recall, inside).destroyed == 4


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<html><script>alert(1)</script>", FileProblem.NOT_KNOWN),
        (b"MZ\x90\x00 a program", FileProblem.NOT_KNOWN),
        (PDF + b"0" * 10_000_000, FileProblem.TOO_LARGE),
    ],
)
def test_what_is_no_certificate_is_refused_and_nothing_kept(
    inside: AtShop, content: bytes, kind: FileProblem
) -> None:
    sent = inside.fills_in("moved", **DESTROYED, certificate=pdf(content))
    assert sent.status_code == 422
    assert str(words.FILE_PROBLEMS[kind]) in text(sent)
    assert not StockReport.objects.exists()
    assert not StockFile.objects.exists()


def test_what_came_back_from_customers_is_ticked_and_corrects_nothing(
    inside: AtShop, recall: Recall
) -> None:
    inside.fills_in("moved", **DESTROYED, came_back="1")
    assert (corrected(), stock(recall, inside).came_back) == (0, 4)


def test_a_row_is_taken_back_with_a_reason(inside: AtShop, recall: Recall) -> None:
    inside.fills_in("moved", **DESTROYED)
    row = inside.at(f"stock/{StockReport.objects.get().pk}")
    assert inside.presses(row, take_back="1", note="").status_code == 422
    assert inside.presses(row, take_back="1", note="it was another recall").status_code == 303
    assert "counts no more" in text(inside.client.get(row))
    assert (corrected(), stock(recall, inside).destroyed) == (0, 0)


def test_a_refund_counts_at_the_consumers_level_under_the_shops_name(inside: AtShop) -> None:
    form = {"measure": "refunded", "happened_on": TODAY, "reference": "CN-7"}
    assert inside.fills_in("refunds", **form, serial=AFFECTED, units="").status_code == 303
    report = ReportedCorrection.objects.get()
    assert (report.level, report.measure) == (Level.CONSUMER, Measure.REFUNDED)
    assert (report.reported_by, report.partner) == (inside.partner.name, inside.partner)
    again = inside.fills_in("refunds", **form, serial=AFFECTED, units="")
    assert again.status_code == 422
    assert str(words.ALREADY) in text(again)
    assert inside.fills_in("refunds", **form, serial=FAR, units="").status_code == 422
    assert corrected() == 1


def test_where_nobody_can_say_what_is_recalled_it_is_not_said_to_be_told_already(
    inside: AtShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recalldesk.units.checking.live_index", lambda _at: None)
    form = {"measure": "refunded", "happened_on": TODAY, "reference": ""}
    sent = inside.fills_in("refunds", **form, serial=AFFECTED, units="")
    assert sent.status_code == 422
    assert str(words.NOT_KEPT) in text(sent)
    assert str(words.ALREADY) not in text(sent)


def test_units_without_a_serial_sent_twice_count_once(inside: AtShop) -> None:
    form = {
        "measure": "replaced",
        "happened_on": TODAY,
        "serial": "",
        "units": "3",
        "nonce": "a-form-of-made-up-name",
    }
    for _ in range(2):
        assert inside.presses(inside.at("refunds"), **form).status_code == 303
    assert corrected() == 3
    number = ReportedCorrection.objects.get().pk
    taken = inside.presses(inside.at(f"refunds/{number}"), note="they were of another recall")
    assert taken.status_code == 303
    assert corrected() == 0


def test_a_file_of_refunds_is_accounted_for_line_by_line(inside: AtShop) -> None:
    lines = (
        "serial,day,shop,level",
        f"{SERIALS[1]},{TODAY},Another Shop,",
        f"{SERIALS[2]},{TODAY},,retailer",
        f"{FAR},{TODAY},,",
        f"{SERIALS[3]},,,",
        "",
    )
    form = {"usual_measure": "refunded", "usual_day": "", "do_file": "1"}
    look = inside.presses(inside.at("refunds"), **{**form, "look": "1"}, file=file_of(*lines))
    assert "Nothing was kept" in text(look)
    assert not CorrectionFile.objects.exists()
    taken = inside.presses(inside.at("refunds"), **form, file=file_of(*lines))
    assert taken.status_code == 200
    row = CorrectionFile.objects.get()
    assert (row.accepted, row.rejected, row.heading, row.partner) == (1, 3, 1, inside.partner)
    assert ReportedCorrection.objects.get().reported_by == inside.partner.name
    back = inside.client.get(inside.at(f"refund-files/{row.pk}/not-taken.csv"))
    for reason in (RowReason.OTHER_LEVEL, RowReason.NOT_IN_RECALL, RowReason.NO_DAY):
        assert str(words.ROWS[reason]) in text(back)
    again = inside.presses(inside.at("refunds"), **form, file=file_of(*lines))
    assert "nothing changed" in text(again)
    assert corrected() == 1


def test_what_is_no_file_of_refunds_is_said(inside: AtShop) -> None:
    form = {"usual_measure": "refunded", "usual_day": "", "do_file": "1"}
    for content in (b"\x00\x01\x02", b"name,street\na,b\n"):
        sent = inside.presses(inside.at("refunds"), **form, file=pdf(content, "list.csv"))
        assert sent.status_code == 422
        assert "We cannot read this file" in text(sent)


def test_where_the_notice_hangs_is_kept_with_a_photo(inside: AtShop) -> None:
    form = {"place": "Entrance, 1 Example Street", "since": TODAY, "until": ""}
    assert inside.fills_in("posted", **form, photo=photo_file()).status_code == 303
    posting = Posting.objects.get()
    assert (posting.partner, posting.through) == (inside.partner, Through.PAGE)
    photo = posting.evidence.photos.get()  # type: ignore[union-attr]
    picture = inside.at(f"posted/{posting.pk}/photos/{photo.pk}")
    assert inside.client.get(picture).status_code == 404
    run_jobs(tasks=["evidence.look_after_photo"])
    assert inside.client.get(picture).content.startswith(b"\xff\xd8")
    assert posting.place in text(inside.client.get(inside.at("posted")))
    down = inside.presses(inside.at("posted"), posting=str(posting.pk), taken_down=TODAY)
    assert down.status_code == 303
    posting.refresh_from_db()
    assert posting.until == in_days(0)


def test_it_speaks_spanish(inside: AtShop) -> None:
    page = inside.client.get(f"/es/partner/recalls/{inside.at('').split('/')[-2]}/stock")
    assert page.status_code == 200
    assert 'lang="es"' in text(page)


def test_there_are_words_for_everything_that_is_refused() -> None:
    assert set(words.STOCK_PROBLEMS) == set(StockProblem)
    assert set(words.FILE_PROBLEMS) == set(FileProblem)
    assert set(words.ROWS) == set(RowReason)
    assert set(words.KINDS) == set(Kind)
    assert set(words.FILES) == set(FileState)


def test_a_line_of_a_file_that_is_no_text_is_shown_as_not_taken(inside: AtShop) -> None:
    form = {"usual_measure": "refunded", "usual_day": "2026-11-01"}
    for content in (
        "serial\nTW240133".encode("utf-16") + b"\x38",
        b"serial\n\xff\x81\x8d\n",
        b"serial\nTW\x000\n",
    ):
        for button in ("look", "do_file"):
            file = pdf(content, "refunds.csv")
            sent = inside.presses(inside.at("refunds"), **form, **{button: "1"}, file=file)
            assert sent.status_code == 200
            assert "line 2" in text(sent).lower()
        number = CorrectionFile.objects.latest("pk").pk
        page = inside.client.get(inside.at(f"refund-files/{number}/not-taken.csv"))
        assert page.status_code == 200
