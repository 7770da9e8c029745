"""The register of personal data: every field that holds some, and how it is kept.

Guarantee: a test compares it with the models. A text field that is in neither this table nor
`not_personal` fails it.
"""

from collections.abc import Mapping

SEALED: Mapping[str, str] = {
    "accounts.Partner.sealed_email": "Whom we write to at a partner.",
    "accounts.Partner.sealed_person": "Who that is.",
    "accounts.Partner.sealed_phone": "And their phone number.",
    "accounts.DeskSession.session_data": "Who is signed in at the desk, and by what.",
    "audit.Note.sealed_text": "A reason that staff wrote; it may name people.",
    "mailing.Mailing.sealed_content": "What is to be sent; emptied once it was, or never will be.",
    "mailing.Mailing.sealed_to": "The address or number to which it goes.",
    "checks.PhotoLook.sealed_asked": "What an owner typed in a check; emptied within the hour.",
    "checks.PhotoLook.sealed_reading": "What the photo of that check says; emptied with it.",
    "claims.Claim.sealed_serial": "The serial of an owner's unit.",
    "claims.Contact.sealed_note": "What an owner said on the phone, or wrote in a letter.",
    "claims.Filing.sealed_address": "Where an owner's parcel goes.",
    "claims.Filing.sealed_email": "An owner's e-mail address.",
    "claims.Filing.sealed_name": "An owner's name.",
    "claims.Filing.sealed_payee": "Where an owner's refund goes.",
    "claims.Filing.sealed_phone": "An owner's phone number.",
    "claims.FormerReference.sealed_reference": "An owner's reference in a system before this one.",
    "claims.Message.sealed_text": "What owner and desk write to each other.",
    "claims.UnitList.sealed_lines": "The serials of an owner of many units, as they were sent.",
    "disposal.SiteReject.sealed_row": "A line of a list of sites; it may name somebody who works "
    "there; emptied after 90 days.",
    "evidence.Reading.sealed_answer": "What was read in an owner's photo: a serial, handwriting.",
    "incidents.Damage.sealed_what": "What was damaged, in somebody's own words.",
    "incidents.Incident.sealed_account": "What happened, in somebody's own words: health data.",
    "incidents.Incident.sealed_contact": "How to reach whoever told of an incident.",
    "incidents.Incident.sealed_serial": "The serial of the unit of an incident.",
    "incidents.IncidentReject.sealed_row": "A line of a file of reports: people, their health; "
    "emptied after 90 days.",
    "incidents.Injury.sealed_age": "The age of somebody who was hurt: health data.",
    "incidents.Injury.sealed_harm": "How they were hurt: health data.",
    "inquiries.Answer.sealed_text": "What the firm answers an authority; it may name people.",
    "inquiries.Question.sealed_text": "What an authority asks the firm; it may name people.",
    "outreach.Answer.sealed_next": "Who has a unit now, as its earlier owner says.",
    "outreach.Call.sealed_note": "What a purchaser said on the phone.",
    "outreach.DirectNotice.sealed_to": "The address or number to which a notice goes.",
    "outreach.DirectNotice.sealed_token": "What opens the link of a notice.",
    "outreach.GrowthWatch.sealed_contact": "Where to reach somebody who asked to be told.",
    "outreach.GrowthWatch.sealed_serial": "The serial of that person's unit.",
    "outreach.ToldByHand.sealed_note": "What was said to a new owner, or by them.",
    "publicity.AuctionCheck.sealed_links": "Listings on auction sites, which lead to who sells; "
    "emptied after five years.",
    "publicity.AuctionCheck.sealed_note": "What was done about them; it may name a seller; "
    "emptied with them.",
    "purchasers.ContactPoint.sealed_value": "Where a purchaser is reached.",
    "purchasers.OrderReject.sealed_row": "A line of an order file: a customer of a shop; emptied "
    "after 90 days.",
    "purchasers.Purchase.sealed_order": "The number of an order, which names a customer.",
    "purchasers.Purchase.sealed_serial": "The serial of the unit that was bought.",
    "purchasers.Purchaser.sealed_name": "The name of a purchaser.",
    "remedies.Attempt.sealed_answered": "What a provider answered; it may name the owner.",
    "remedies.Attempt.sealed_sent": "What a provider was sent: name, address, e-mail.",
    "remedies.CorrectionReject.sealed_row": "A line of a shop's file; it may name a customer; "
    "emptied after 90 days.",
    "remedies.ReportedCorrection.sealed_serial": "The serial of a unit that a shop corrected.",
    "remedies.GiftCode.sealed_code": "A gift code: money; emptied after its owner is erased.",
    "remedies.GiftCode.sealed_pin": "The PIN that belongs to it; emptied with it.",
    "remedies.BatchFile.sealed_content": "A file for a warehouse or bank: names, addresses, "
    "accounts; emptied when not needed.",
    "remedies.BatchLine.sealed_tracking": "A parcel's tracking number, which tells an address.",
    "remedies.Order.sealed_recipient": "Who gets a remedy, and where; emptied when not needed.",
    "remedies.Order.sealed_tracking": "A parcel's tracking number, which tells an address.",
    "remedies.SentUnit.sealed_serial": "The serial of the unit that an owner was sent.",
    "stock.StopSale.sealed_said_by": "Who at a partner confirmed that it stopped selling.",
    "takeover.TakenPhoto.sealed_name": "The name of a photo's file; it may name its owner.",
    "takeover.TakeoverReject.sealed_row": "A line of a system before this one: an owner; emptied "
    "after 90 days.",
    "sealing.DataKey.wrapped": "Not personal itself: the key that opens the others.",
}

SEALED_WITHIN: Mapping[str, str] = {
    "mfa.Authenticator.data": "The secret of a second factor, sealed by accounts/factor_secrets.py "
    "inside a JSON; beside it the name and the public key of a passkey.",
}
"""Sealed inside a field of another package. A holder takes rotation there."""

STAYS_AS_SEALED: Mapping[str, str] = {
    "accounts.DeskSession.session_data": "Who is signed in at the desk, and by what.",
    "audit.Note.sealed_text": "The log holds the digest of the sealed bytes.",
    "claims.Contact.sealed_note": "The log holds the digest of the sealed bytes.",
    "claims.Message.sealed_text": "The log holds the digest of the sealed bytes.",
    "inquiries.Answer.sealed_text": "The row says for ever what it said, to an authority.",
    "inquiries.Question.sealed_text": "The log holds the digest of the sealed bytes.",
}
"""Of the sealed fields, those whose values a rotation leaves under the key that sealed them."""

FOUND_BY_DIGEST: Mapping[str, str] = {
    "evidence.Photo.original_digest": "Finds the same photo again.",
    "evidence.Photo.picture_digest": "Finds the same picture again.",
    "mailing.Mailing.to_digest": "Finds the same address or number again.",
    "claims.Claim.unit_digest": "Finds the same unit again, over all recalls.",
    "claims.Filing.email_digest": "Finds the same e-mail address again.",
    "claims.FormerReference.digest": "Finds a filing by the reference that it had before.",
    "claims.FilingKey.digest": "Finds filings of one owner, household, payee or network again.",
    "claims.ErasedKey.digest": "Counts what an owner had whose filing was erased, for a year.",
    "claims.ToldLines.contact_digest": "Counts what an address, or a partner, was told of late.",
    "claims.ToldLines.network_digest": "Counts what a network, or a partner, was told of late.",
    "claims.UnitList.confirmed_digest": "The address whose mailed link was opened.",
    "claims.UnitList.sent_digest": "Knows the same list of the same owner again.",
    "claims.Filing.phone_digest": "Finds the same phone number again.",
    "incidents.Incident.contact_digest": "Finds reports of one person again.",
    "incidents.Incident.serial_digest": "Finds reports of one unit again.",
    "remedies.Correction.unit_digest": "Counts the same unit once, whoever corrected it.",
    "remedies.ReportedCorrection.unit_digest": "Finds the same unit again, over all recalls.",
    "remedies.ReportedCorrection.order_digest": "Finds the order of a unit that a shop corrected.",
    "remedies.Entitlement.unit_digest": "The unit that is owed a remedy.",
    "remedies.GiftCode.digest": "Finds the same gift code again.",
    "remedies.SentUnit.serial_digest": "Finds the owner of a unit that was sent.",
    "purchasers.ContactPoint.digest": "Finds the same address or number again.",
    "purchasers.Purchase.line_digest": "Counts a product of an order once, whoever names it.",
    "purchasers.Purchase.order_digest": "Finds the same order again.",
    "purchasers.Purchase.unit_digest": "Finds the same unit again, over all recalls.",
    "purchasers.Purchaser.digest": "The same buyer of many orders is one.",
    "purchasers.Purchaser.name_digest": "Finds the same name again.",
    "purchasers.PurchaserKey.digest": "Finds those again who may be one person.",
    "purchasers.Sighting.sku_digest": "Says whether two lines name one product of a seller.",
    "purchasers.Sighting.line_digest": "Finds what else is said of a product of an order.",
    "outreach.DirectNotice.contact_digest": "Finds all notices to one address or number again.",
    "outreach.DirectNotice.domain_digest": "Counts what goes to one mail domain in a minute.",
    "outreach.PassedOn.contact_digest": "Finds what else a new owner was told.",
    "outreach.Pace.domain_digest": "Counts what goes to one mail domain in some seconds.",
    "outreach.Suppressed.contact_digest": "Finds the address or number that is not written to.",
    "outreach.GrowthWatch.contact_digest": "Finds the same address or number again.",
    "outreach.GrowthWatch.serial_digest": "Finds the same unit again.",
    "takeover.TakenClaim.row_digest": "Knows the same claim of a system before this one again.",
    "takeover.TakenNotice.row_digest": "Knows the same notice of a system before this one again.",
    "inquiries.Attachment.content_digest": "Knows the same file of an answer again.",
    "stock.StockFile.content_digest": "Knows the same certificate of a report again.",
}

IN_CLEAR: Mapping[str, str] = {
    "account.EmailAddress.email": "Unused: the sign-in name stands in `accounts.Staff.email`.",
    "accounts.Invitation.name": "The name of somebody invited to the desk.",
    "accounts.Staff.email": "The sign-in name of a member of staff.",
    "accounts.Staff.name": "Shown to colleagues as the author of a decision.",
    "accounts.Staff.password": "A salted hash.",
    "disposal.CollectionSite.checked_by": "Who asked at a site, as a list or a colleague says.",
    "socialaccount.SocialAccount.uid": "The firm's own provider's number of a member of staff.",
    "evidence.Fingerprint.bits": "How an owner's photo looks, in 256 bits: like ones are searched.",
    "evidence.Fingerprint.parts": "The same bits, in eleven numbers by which they are found.",
    "evidence.Fingerprint.turned": "The same of its eight turns and mirrors.",
}
