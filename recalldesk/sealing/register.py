"""The register of personal data: every field that holds some, and how it is kept.

Guarantee: a test compares it with the models. A text field that is in neither table fails it.
"""

from collections.abc import Mapping

SEALED: Mapping[str, str] = {
    "audit.Note.sealed_text": "A reason that staff wrote; it may name people.",
    "mailing.Mailing.sealed_content": "What is to be sent; emptied once it was, or never will be.",
    "mailing.Mailing.sealed_to": "The address or number to which it goes.",
    "outreach.GrowthWatch.sealed_contact": "Where to reach somebody who asked to be told.",
    "outreach.GrowthWatch.sealed_serial": "The serial of that person's unit.",
    "sealing.DataKey.wrapped": "Not personal itself: the key that opens the others.",
}

FOUND_BY_DIGEST: Mapping[str, str] = {
    "evidence.Photo.original_digest": "Finds the same photo again.",
    "evidence.Photo.picture_digest": "Finds the same picture again.",
    "mailing.Mailing.to_digest": "Finds the same address or number again.",
    "outreach.GrowthWatch.contact_digest": "Finds the same address or number again.",
    "outreach.GrowthWatch.serial_digest": "Finds the same unit again.",
}

IN_CLEAR: Mapping[str, str] = {
    "accounts.Staff.email": "The sign-in name of a member of staff.",
    "accounts.Staff.name": "Shown to colleagues as the author of a decision.",
    "accounts.Staff.password": "A salted hash.",
}

NOT_PERSONAL: Mapping[str, str] = {
    "accounts.ApiKey.digest": "The digest of a partner's random key.",
    "accounts.ApiKey.name": "The name of a partner, a firm.",
    "accounts.ApiKey.rights": "Enums.",
    "accounts.Staff.role": "An enum.",
    "audit.StateChange.subject": "An enum.",
    "audit.StateChange.from_state": "An enum.",
    "audit.StateChange.to_state": "An enum.",
    "audit.StateChange.note_digest": "The digest of a sealed note.",
    "audit.StateChange.reason": "An enum.",
    "audit.StateChange.actor": "An enum.",
    "checks.CheckCount.source": "An enum.",
    "checks.CheckCount.verdict": "An enum.",
    "evidence.Photo.kind": "An enum.",
    "evidence.Photo.problem": "An enum.",
    "evidence.Photo.scan": "An enum.",
    "evidence.Photo.scanned_with": "The name of a kind of scanner.",
    "evidence.Photo.state": "An enum.",
    "evidence.Photo.storage_key": "The random name of a photo's sealed files.",
    "mailing.Mailing.channel": "An enum.",
    "mailing.Mailing.language": "A language code.",
    "mailing.Mailing.last_error": "An enum.",
    "mailing.Mailing.provider_id": "A random name that the mail provider gave.",
    "mailing.Mailing.purpose": "An enum.",
    "mailing.Mailing.state": "An enum.",
    "outreach.GrowthWatch.language": "A language code.",
    "recalls.NoticeOverride.field": "A field of the recall file.",
    "recalls.NoticeOverride.finding_digest": "A digest of what the linter found.",
    "recalls.NoticeOverride.rule": "The name of a rule.",
    "recalls.Override.facts_digest": "A digest of counts.",
    "recalls.Override.finding": "An enum.",
    "recalls.Recall.slug": "The public name of a recall.",
    "recalls.RecallVersion.document": "What the recall says in public; the firm's own contact.",
    "recalls.RecallVersion.index_name": "A folder's name.",
    "recalls.RecallVersion.source": "The recall file.",
    "recalls.RecallVersion.state": "An enum.",
    "sealing.DataKey.scope": "A recall's number.",
    "units.RangeEntry.end": "A serial of a list; no owner is known.",
    "units.RangeEntry.start": "A serial of a list; no owner is known.",
    "units.SerialEntry.serial": "A serial of a list; no owner is known.",
    "units.SerialImport.encoding": "An encoding's name.",
    "units.SerialImport.file_name": "The name of the firm's own file.",
    "units.SerialImport.file_sha256": "A digest of the firm's own file.",
    "units.SerialImport.reading_digest": "A digest of how a file was read.",
    "units.SerialList.name": "A list's name in the recall file.",
    "units.SerialList.read_as": "How a product's serials are read.",
    "units.SerialReject.reason": "An enum.",
    "units.SerialReject.row": "A line of the firm's own serial file.",
    "units.SerialReject.settled_as": "An enum.",
    "units.SerialRemoval.end": "A serial of a list; no owner is known.",
    "units.SerialRemoval.start": "A serial of a list; no owner is known.",
}
