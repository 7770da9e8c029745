"""The part of a claim's life that people and the rule made of it: decisions, and contacts.

Guarantee: every decision is there with who made it, why, on what, and what became of it; the JSON
holds the columns of which the log holds the digest.
"""

import json
from datetime import datetime

from recalldesk.accounts.models import Staff
from recalldesk.audit.states import Subject
from recalldesk.claims.desk.recall_asks import decline_reason
from recalldesk.claims.models import Decision
from recalldesk.claims.reasons import DecisionReason
from recalldesk.claims.states import (
    Channel,
    ClaimState,
    ContactAbout,
    DecisionKind,
    DecisionState,
)
from recalldesk.claims.untold import TOLD
from recalldesk.recalls.reads import document_of
from recalldesk.reports.claim_life.gathered import Gathered
from recalldesk.reports.claim_life.parts import TEXT, Column, Layout, Record, Section
from recalldesk.reports.claim_life.words import label_of
from recalldesk.sealing.fields_of_rows import opened

THE_RULE = "The rule"


def decisions(gathered: Gathered) -> Section:
    """What was decided about each unit, by whom and why; also what was undone."""
    columns = (
        Column("decision", "Decision"),
        Column("unit", "Unit"),
        Column("kind", "Decided"),
        Column("state", "State"),
        Column("by", "By"),
        Column("at", "At"),
        Column("reasons", "Reasons"),
        Column("grounds", "What they rest on", is_code=True),
        Column("settled_by", "Agreed, refused or undone by"),
        Column("settled_at", "At"),
        Column("told_at", "The owner was told at"),
        Column("was", "The claim was"),
        Column("version", "By version of the recall"),
    )
    records: tuple[Record, ...] = tuple(
        _decision(number, each, gathered) for number, each in enumerate(gathered.decisions, 1)
    )
    return Section("decisions", "Decisions", Layout.FACTS, columns, records)


def contacts(gathered: Gathered) -> Section:
    """When the owner called, wrote or came, and what was noted of it."""
    columns = (
        Column("contact", "Contact"),
        Column("channel", "By"),
        Column("about", "About"),
        Column("happened_at", "At"),
        Column("noted_at", "Noted"),
        Column("noted_by", "Noted by"),
    )
    records: tuple[Record, ...] = tuple(
        {
            "contact": number,
            "channel": label_of(Channel, contact.channel),
            "about": label_of(ContactAbout, contact.about),
            "happened_at": contact.happened_at,
            "noted_at": contact.at,
            "noted_by": contact.by.name,
            TEXT: gathered.personal(opened(contact, "sealed_note")),
        }
        for number, contact in enumerate(gathered.contacts, 1)
    )
    return Section("contacts", "Contacts", Layout.TEXTS, columns, records)


def _decision(number: int, row: Decision, gathered: Gathered) -> Record:
    return {
        "decision": number,
        "unit": row.claim.position,
        "kind": label_of(DecisionKind, row.kind),
        "state": label_of(DecisionState, row.state),
        "by": _name(row.by),
        "at": row.at,
        "reasons": "\n".join(_reason(row, key, gathered) for key in row.reasons),
        "grounds": json.dumps(row.grounds, sort_keys=True),
        "settled_by": _name(row.settled_by, nobody=""),
        "settled_at": row.settled_at,
        "told_at": _told_at(row, gathered),
        "was": label_of(ClaimState, row.was),
        "version": row.version.number,
        "takes_effect_at": row.takes_effect_at,
        "waited_since": row.waited_since,
        **{f"column_{name}": getattr(row, name) for name in HELD},
        "column_reasons": json.dumps(row.reasons),
    }


HELD = ("id", "claim_id", "recall_id", "kind", "by_id", "was", "version_id")
"""Columns that a digest in the log holds and that stand nowhere else in a record as they are."""


def _reason(row: Decision, key: str, gathered: Gathered) -> str:
    """A reason in words: one of the rule, or of the recall's list with what its owner was told."""
    if row.kind == DecisionKind.DECLINE:
        language = gathered.filing.language
        found = decline_reason(document_of(gathered.filing.version), key, language)
        if found is not None:
            return f"{found.title} ({key}): {found.text}"
    is_rules = key in {reason.value for reason in DecisionReason}
    return f"{key.replace('_', ' ').capitalize()} ({key})" if is_rules else key


def _name(person: object, nobody: str = THE_RULE) -> str:
    return person.name if isinstance(person, Staff) else nobody


def _told_at(row: Decision, gathered: Gathered) -> datetime | None:
    rows = (each.row for each in gathered.log)
    told = (
        each.at
        for each in rows
        if (each.subject, each.subject_id, each.to_state) == (Subject.DECISION, row.pk, TOLD)
    )
    return next(told, None)
