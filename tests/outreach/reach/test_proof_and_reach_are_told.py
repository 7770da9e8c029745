"""Proof and reach by command and at the desk: what they say, and what they say of wrong input."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.claims.models import ListExport
from recalldesk.outreach.states import Way
from recalldesk.purchasers.models import Purchase
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG, Command, Ran
from tests.outreach.reach.told import a_notice, a_wave
from tests.purchasers.shops import Shops, Sold

pytestmark = pytest.mark.django_db
AS = ("--as", "author@desk.example")


@pytest.fixture
def told(shops: Shops) -> Purchase:
    """One purchase of two units that was told, and one that was not."""
    shops.took(
        Sold("1001", pieces="2"), Sold("1002", customer="Ben Sample", mail="ben@example.org")
    )
    first = Purchase.objects.order_by("pk")[0]
    a_notice(a_wave(shops.recall), first, Way.EMAIL)
    return first


def test_the_proof_of_all_names_each_purchase_told_or_not_and_nobody(
    command: Command, told: Purchase, tmp_path: Path
) -> None:
    to = tmp_path / "proof.csv"
    assert command("purchasers", "proof", SLUG, "--to", str(to), *AS).code == 1, "no reason"
    ran = command("purchasers", "proof", SLUG, "--to", str(to), "--reason", "An audit.", *AS)
    assert (ran.code, ran.err) == (0, "")
    text = to.read_text(encoding="utf-8-sig")
    rows = {int(row["Purchase"]): row for row in csv.DictReader(text.splitlines())}
    assert [row["Outcome"] for row in rows.values()] == ["Told directly", "Not told yet"]
    assert (rows[told.pk]["Way"], rows[told.pk]["State"]) == ("email", "sent")
    assert all(each not in text for each in ("Ana", "Ben", "@example.org"))
    export = ListExport.objects.get()
    assert (export.expected, export.written) == (2, 2)
    assert (
        "is there already"
        in command("purchasers", "proof", SLUG, "--to", str(to), "--reason", "Again.", *AS).err
    )


def test_a_purchasers_number_is_found_without_naming_them_in_the_command(
    command: Command, told: Purchase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(asked: str) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(asked))
        return command("purchasers", "find", SLUG, *AS)

    line = f"{told.purchaser_id}: A"
    for asked in ("1001", "ANA@example.org", "Ana Example"):
        found = find(f"{asked}\n")
        assert (found.code, line in found.out) == (0, True), asked
        assert "Ana" not in found.out
        assert "ana@" not in found.out
    several = find("1002\nnobody@example.org\n\n")
    assert "line 2: nobody is found" in several.out
    assert (find("nobody@example.org").code, find("\n").code) == (1, 1)


def test_the_proof_of_one_is_masked_in_print_and_whole_for_a_reason(
    command: Command, told: Purchase, tmp_path: Path
) -> None:
    number = str(told.purchaser_id)
    printed = command("purchasers", "proof", SLUG, number, *AS).out
    assert "Of 1 affected purchase: 1 told directly" in printed
    assert "ana@example.org" not in printed
    assert "- reached by e-mail:" in printed
    assert "  by e-mail to" in printed
    assert "No reason was given" in command("purchasers", "proof", SLUG, number, "--full", *AS).err
    to = tmp_path / "one.json"
    full = ("--full", "--reason", "An audit.", "--to", str(to))
    assert command("purchasers", "proof", SLUG, number, *full, *AS).code == 0
    proof = json.loads(to.read_text(encoding="utf-8"))
    assert (proof["name"], proof["in_full"]) == ("Ana Example", True)
    assert "has no purchaser 999999" in command("purchasers", "proof", SLUG, "999999", *AS).err
    assert f"purchasers find {SLUG}" in command("purchasers", "proof", SLUG, *AS).err
    assert "is a file" in command("purchasers", "proof", SLUG, *AS).err


def test_reach_says_its_share_and_the_line(command: Command, told: Purchase) -> None:
    said = command("purchasers", "reach", SLUG, *AS).out
    assert "Reach is 66.7% of the units that order files name: below the 95%" in said


def test_the_page_of_reach_leads_to_the_purchases_it_counts(told: Purchase) -> None:
    viewer = sign_in(Client(), staff(Role.VIEWER))
    page = main_of(viewer.get(f"/desk/reach/?recall={SLUG}"))
    assert f'href="/desk/reach/told/?recall={SLUG}"' in page
    rows = main_of(viewer.get(f"/desk/reach/told/?recall={SLUG}"))
    assert "Told directly: 2" in rows
    assert f"<span>{told.pk}</span>" in rows
    assert viewer.get(f"/desk/reach/sorrow/?recall={SLUG}").status_code == 404
