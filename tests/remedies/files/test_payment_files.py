"""Payment files are as their standards say; their sums are computed here a second time."""

import csv
import importlib.resources
import io
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.recalls.document.remedy import RemedyKind
from recalldesk.remedies.batches.made import Entry, Head
from recalldesk.remedies.batches.marks import mark_of, read_mark, spaced
from recalldesk.remedies.batches.states import FileForm
from recalldesk.remedies.providers.interface import Wanted
from recalldesk.remedies.providers.refund.account import FirmAccount, is_unusable
from recalldesk.remedies.providers.refund.files import check_files
from recalldesk.remedies.providers.refund.in_words import in_words
from recalldesk.remedies.providers.refund.iso_20022 import NAMESPACE, transfers_as_xml
from recalldesk.remedies.providers.refund.nacha import RECORD, transfers_as_nacha
from recalldesk.remedies.recipient import Recipient

ACCOUNT = FirmAccount(
    holder="Straßen & Töchter <Ltd>",
    iban="DE89370400440532013000",
    bic="",
    us_routing="021000021",
    us_company="1234567890",
    us_bank="Made-up Bank",
    checks=True,
    pays_by_csv=False,
)
AT = datetime(2026, 11, 27, 5, 0, tzinfo=UTC)
NS = f"{{{NAMESPACE}}}"
SCHEMA = xmlschema.XMLSchema(
    str(importlib.resources.files("sepaxml") / "schemas" / "pain.001.001.09.xsd")
)
CENTS = st.integers(1, 10_000_000)
NAMES = st.text(min_size=1, max_size=120)
UUIDS = st.uuids()


def entry(remedy_id: object, cents: int, name: str = "Olive Owner") -> Entry:
    return Entry(
        mark_of(remedy_id),  # type: ignore[arg-type]
        Wanted(
            id=remedy_id,  # type: ignore[arg-type]
            recall="kettle-k20",
            remedy_key="money",
            kind=RemedyKind.REFUND,
            recipient=Recipient(
                name=name,
                payee={
                    "account_holder": name,
                    "iban": "NL91ABNA0417164300",
                    "routing_number": "021000021",
                    "account_number": "0012345678",
                },
            ),
            amount=Decimal(cents) / 100,
            currency="EUR",
        ),
    )


def head(entries: Sequence[Entry], currency: str = "EUR") -> Head:
    total = sum((each.amount for each in entries), Decimal(0))
    return Head(7, "RD7-20261127050000", "kettle-k20", currency, AT, total)


ENTRIES = st.lists(st.builds(entry, UUIDS, CENTS, NAMES), min_size=1, max_size=25)


@settings(max_examples=60, deadline=None)
@given(
    entries=ENTRIES,
    currency=st.sampled_from(["EUR", "SEK"]),
    bic=st.sampled_from(["", "COBADEFFXXX"]),
)
def test_transfers_to_ibans_keep_to_the_published_schema(
    entries: list[Entry], currency: str, bic: str
) -> None:
    account = FirmAccount(**(vars(ACCOUNT) | {"bic": bic}))
    content = transfers_as_xml(head(entries, currency), entries, account)
    SCHEMA.validate(content.decode())
    root = ET.fromstring(content)
    transfers = root.findall(f".//{NS}CdtTrfTxInf")
    assert [each.findtext(f"{NS}PmtId/{NS}EndToEndId") for each in transfers] == [
        each.mark for each in entries
    ]
    amounts = [Decimal(each.findtext(f"{NS}Amt/{NS}InstdAmt", "")) for each in transfers]
    for sums in root.iter(f"{NS}CtrlSum"):
        assert Decimal(sums.text or "") == sum(amounts)
    for count in root.iter(f"{NS}NbOfTxs"):
        assert int(count.text or "") == len(transfers)
    assert (root.find(f".//{NS}SvcLvl") is not None) == (currency == "EUR")


@settings(max_examples=60, deadline=None)
@given(entries=ENTRIES)
def test_transfers_to_us_accounts_have_their_records_counts_and_hash(entries: list[Entry]) -> None:
    content = transfers_as_nacha(head(entries), entries, ACCOUNT)
    records = content.decode("ascii").removesuffix("\r\n").split("\r\n")
    assert {len(record) for record in records} == {RECORD}
    assert len(records) % 10 == 0
    kinds = "".join(record[0] for record in records)
    assert kinds.rstrip("9") == "15" + "6" * len(entries) + "8"
    lines = [record for record in records if record[0] == "6"]
    hashed = str(sum(int(line[3:11]) for line in lines))[-10:].zfill(10)
    cents = sum(int(line[29:39]) for line in lines)
    batch = next(record for record in records if record[0] == "8")
    file = records[kinds.index("9")]
    assert (int(batch[4:10]), batch[10:20], int(batch[32:44])) == (len(lines), hashed, cents)
    assert (int(file[7:13]), int(file[13:21]), file[21:31]) == (
        len(records) // 10,
        len(lines),
        hashed,
    )
    assert int(file[43:55]) == cents == int(sum(each.amount for each in entries) * 100)
    assert [line[39:54].strip() for line in lines] == [each.mark for each in entries]
    assert len({line[79:] for line in lines}) == len(lines)


def test_a_known_nacha_file_stays_what_it_is() -> None:
    import uuid

    entries = [entry(uuid.UUID(int=n), 1234 * n, "Zoë Ågård") for n in (1, 2)]
    records = transfers_as_nacha(head(entries), entries, ACCOUNT).decode().split("\r\n")
    assert records[0] == (
        "101 02100002112345678902611270500H094101MADE-UP BANK           "
        "STRASSEN & TOCHTER <LTD7       "
    )
    assert records[2] == (
        "622021000021" + "0012345678       " + "0000001234" + f"{entries[0].mark:<15}"
        "ZOE AGARD             " + "  0" + "021000020000001"
    )


@given(remedy_id=UUIDS, place=st.integers(0, 10), other=st.sampled_from("0123456789ABCXYZ"))
def test_a_mark_is_read_back_and_one_wrong_character_is_noticed(
    remedy_id: object, place: int, other: str
) -> None:
    mark = mark_of(remedy_id)  # type: ignore[arg-type]
    assert read_mark(f" {spaced(mark).lower()} ") == mark
    wrong = mark[:place] + other + mark[place + 1 :]
    assert read_mark(wrong) == ("" if wrong != mark else mark)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0.05", "Zero and 05/100"),
        ("19.99", "Nineteen and 99/100"),
        ("140.00", "One hundred forty and 00/100"),
        (
            "1234567.80",
            "One million two hundred thirty-four thousand five hundred sixty-seven and 80/100",
        ),
    ],
)
def test_an_amount_stands_in_words_on_a_check(amount: str, words: str) -> None:
    assert in_words(Decimal(amount)) == words


@pytest.mark.parametrize(
    "wrong",
    [
        {"iban": "DE89370400440532013001"},
        {"us_routing": "021000022"},
        {"us_company": ""},
        {"us_company": "12345678901"},
        {"holder": ""},
    ],
)
def test_an_account_that_cannot_pay_is_noticed(wrong: dict[str, str]) -> None:
    assert not is_unusable(ACCOUNT)
    assert is_unusable(FirmAccount(**(vars(ACCOUNT) | wrong)))


def test_the_list_of_checks_holds_all_that_is_printed_on_one() -> None:
    one = entry(uuid.UUID(int=7), 12_345, "Olive “Ollie” Owner")
    lines = ("1 Elm Street", "Flat 2", "SPRINGFIELD, IL 62701")
    address = {"country_code": "US", "street_address": "1 Elm Street"}
    recipient = replace(one.wanted.recipient, address=address, address_lines=lines)
    one = replace(one, wanted=replace(one.wanted, recipient=recipient))
    listed = check_files(head([one], "USD"), [one])[FileForm.CSV].decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(listed))
    assert row == {
        "Line": one.mark,
        "Payee": "Olive “Ollie” Owner",
        **{f"Address {number}": line for number, line in enumerate(lines, 1)},
        **{f"Address {number}": "" for number in (4, 5, 6)},
        "Country": "US",
        "Date": "2026-11-27",
        "Amount": "123.45",
        "Currency": "USD",
        "In words": "One hundred twenty-three and 45/100",
        "Text": f"Refund kettle-k20 {one.mark}",
        "File": "RD7-20261127050000",
    }
