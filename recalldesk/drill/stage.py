"""A drill, step by step, within its sandbox.

Guarantee: every step goes through the code that real owners and staff go through.
"""

import time
from collections.abc import Callable
from typing import Any

from django.db import connections

from recalldesk.claims.models import Claim
from recalldesk.claims.states import ClaimState
from recalldesk.config.tables import run_migrations
from recalldesk.drill.answers_sent import Answering
from recalldesk.drill.at_pages import Asked
from recalldesk.drill.carriers import Carriers
from recalldesk.drill.checks_measured import ChecksMeasured, measure_checks
from recalldesk.drill.clock_ahead import ClockAhead
from recalldesk.drill.clockwork import bring_what_is_due
from recalldesk.drill.crowd import Came, Crowd
from recalldesk.drill.desk_at_work import DeskAtWork
from recalldesk.drill.effects import effects_in
from recalldesk.drill.end_report import corrected_in_report
from recalldesk.drill.got_rid import GettingRid
from recalldesk.drill.incidents_told import count_incidents, tell_incidents
from recalldesk.drill.judging import judge
from recalldesk.drill.outcome import Outcome
from recalldesk.drill.owners import MadeUpOwner, made_up_owners
from recalldesk.drill.photos_measured import measure_photos
from recalldesk.drill.processor_time import processors
from recalldesk.drill.programs import Programs
from recalldesk.drill.publishing import publish
from recalldesk.drill.sandbox import Sandbox
from recalldesk.drill.staff import DrillStaff, drill_staff
from recalldesk.drill.told import Told
from recalldesk.drill.wanted import Wanted
from recalldesk.drill.wave_sent import begin_wave, wait_for_letters
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import LiveRecall

UNTIL_READ = 600.0
SMALL = 20
"""Owners for whom one web process and its worker are enough."""


class Stage:
    """One drill."""

    def __init__(self, sandbox: Sandbox, order: dict[str, Any]) -> None:
        self._sandbox, self._order = sandbox, order
        self._wanted = Wanted.from_stored(order["wanted"])
        self._ahead = ClockAhead(sandbox.folder)

    def play(self) -> Outcome:
        """All of it, in order."""
        began = time.monotonic()
        Told("Making the sandbox's database").say()
        run_migrations()
        staff = drill_staff(self._wanted.reviewers)
        Told("Publishing the recall in the sandbox").say()
        live = publish(self._order, self._sandbox.own, author=staff.author, approver=staff.approver)
        owners = self._owners(live)
        port = int(self._order["port"])
        Told("Starting its programs and made-up providers").say()
        wanted = self._wanted
        with Programs(
            self._sandbox,
            port=port,
            faults=wanted.faults,
            seed=wanted.seed,
            is_small=wanted.owners <= SMALL,
        ) as programs:
            outcome = self._played(live, owners, staff, programs)
        outcome.seconds = time.monotonic() - began
        return outcome

    def _played(
        self, live: LiveRecall, owners: list[MadeUpOwner], staff: DrillStaff, programs: Programs
    ) -> Outcome:
        outcome = Outcome(owners=len(owners))
        recall = Recall.objects.get(pk=live.recall_id)
        models = {product.key: product.model for product in live.document.products}
        serials = [each.serial for each in owners]
        Told("Measuring how many checks it answers").say()
        checks = measure_checks(programs.site, serials)
        Told("Telling made-up purchasers by a wave").say()
        folder = self._sandbox.own
        sent = begin_wave(
            recall, owners, models, folder, writer=staff.author, approver=staff.approver
        )
        bring_what_is_due()
        asked = Asked(live.slug, live.document.countries[0])
        crowd = Crowd(programs.site, asked, models, _counted("Owners come", len(owners)))
        before, workers_before = programs.processor_seconds(), programs.worker_seconds()
        came = crowd.come(owners)
        after = programs.processor_seconds()
        outcome.incidents_told = tell_incidents(live, owners)
        _wait_until_read()
        workers_after = programs.worker_seconds()
        outcome.wave = wait_for_letters(sent, recall).stored()
        self._measured(outcome, came, checks)
        capacity = outcome.capacity
        capacity.a_claim_takes = _each(before, after, capacity.claims)
        capacity.a_photo_takes = _each(workers_before, workers_after, capacity.photos)
        self._desk(programs, staff, came, live, outcome)
        Told("Counting what came of it").say()
        outcome.incidents_kept, outcome.incident_letters = count_incidents(recall)
        judge(outcome, came.went, effects_in(self._sandbox.providers))
        outcome.corrected_in_report = corrected_in_report(recall, by=staff.author)
        connections.close_all()
        return outcome

    def _owners(self, live: LiveRecall) -> list[MadeUpOwner]:
        forms = {product.key: product.serial.form for product in live.document.products}
        affected = [(serial, product) for serial, product in self._order["affected"]]
        return made_up_owners(self._wanted, affected, forms)

    def _measured(self, outcome: Outcome, came: Came, checks: ChecksMeasured) -> None:
        capacity = outcome.capacity
        capacity.checks_a_second = checks.a_second
        capacity.slow_check_ms = checks.slow_ms
        capacity.failed_checks = checks.failed
        capacity.claims = sum(bool(each.reference) for each in came.went)
        capacity.claims_seconds = came.seconds
        capacity.photos, capacity.photos_seconds = measure_photos()
        capacity.processors = processors()

    def _desk(
        self,
        programs: Programs,
        staff: DrillStaff,
        came: Came,
        live: LiveRecall,
        outcome: Outcome,
    ) -> None:
        models = {product.key: product.model for product in live.document.products}
        owners = {each.reference: each.owner for each in came.went if each.reference}
        getting_rid = GettingRid(programs.site, live.document, owners, models)
        desk = DeskAtWork(
            site=programs.site,
            ahead=self._ahead,
            carriers=Carriers(programs, self._sandbox.providers, staff.author),
            staff=staff,
            seconds_a_case=self._wanted.seconds_a_case,
            owners=owners,
            answering=Answering(programs.site, owners, models),
            getting_rid=getting_rid,
            told=lambda text: Told(f"Days pass: {text}").say(),
        )
        Told("Reviewers decide").say()
        desk.decide_all()
        desk.let_days_pass()
        outcome.got_rid = dict(getting_rid.told)
        outcome.desk, outcome.desk_problems = dict(desk.done), dict(desk.problems)


def _each(before: float | None, after: float | None, count: int) -> float | None:
    """What each of so many took; None where nobody knows."""
    return (after - before) / count if count and before is not None and after is not None else None


def _counted(step: str, of: int) -> Callable[[int], None]:
    def told(done: int) -> None:
        Told(step, done, of).say()

    return told


def _wait_until_read() -> None:
    """Until the machine has looked through what was sent."""
    until = time.monotonic() + UNTIL_READ
    whole = Claim.objects.filter(state__in=(ClaimState.SUBMITTED, ClaimState.CHECKING)).count()
    while time.monotonic() < until:
        left = Claim.objects.filter(state__in=(ClaimState.SUBMITTED, ClaimState.CHECKING)).count()
        Told("Photos are read", max(whole - left, 0), whole).say()
        if not left:
            return
        time.sleep(1)
