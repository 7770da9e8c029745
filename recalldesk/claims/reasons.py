"""Why a person looks at a claim: what stands in its tags, in decisions and on the desk's pages."""

from collections.abc import Mapping
from enum import StrEnum


class DecisionReason(StrEnum):
    """The reasons of the rule, in the order in which a person wants to know them."""

    DANGER = "danger"
    BY_HAND = "by_hand"
    WITH_A_PERSON = "with_a_person"
    OWNER_WROTE = "owner_wrote"
    CONTESTED = "contested"
    REMEDY_GIVEN = "remedy_given"
    REPORTED_ELSEWHERE = "reported_elsewhere"
    SECOND_PERSON = "second_person"
    NOT_AFFECTED = "not_affected"
    SERIAL_UNREADABLE = "serial_unreadable"
    UNIT_GONE = "unit_gone"
    CANNOT_PHOTOGRAPH = "cannot_photograph"
    INCOMPLETE = "incomplete"
    NOT_REACHED = "not_reached"
    PHOTOS_WAIT = "photos_wait"
    PHOTO_USELESS = "photo_useless"
    LABEL_DIFFERS = "label_differs"
    LABEL_UNREAD = "label_unread"
    MARK_NOT_SEEN = "mark_not_seen"
    MARKING_UNREAD = "marking_unread"
    LATER_LEAD = "later_lead"
    PAID_UNNAMED = "paid_unnamed"
    FRAUD_FOUND = "fraud_found"
    SAME_PHOTO = "same_photo"
    COPIED_PHOTO = "copied_photo"
    LIKE_PHOTO = "like_photo"
    MANY_LIKE = "many_like"
    NOT_COMPARED = "not_compared"
    PERSON_LIMIT = "person_limit"
    ADDRESS_LIMIT = "address_limit"
    HOUSE_LIMIT = "house_limit"
    PAYEE_LIMIT = "payee_limit"
    NETWORK_LIMIT = "network_limit"
    OWNERS_AT_ADDRESS = "owners_at_address"
    OWNERS_OF_PAYEE = "owners_of_payee"


R = DecisionReason
LABELS: Mapping[DecisionReason, str] = {
    R.DANGER: "The owner told of danger",
    R.BY_HAND: "People decide every claim of this recall",
    R.WITH_A_PERSON: "A person had it before",
    R.OWNER_WROTE: "The owner wrote, and nobody answered",
    R.CONTESTED: "Another claim holds this unit",
    R.REMEDY_GIVEN: "This unit has a remedy",
    R.REPORTED_ELSEWHERE: "Somebody else reported this unit as corrected",
    R.SECOND_PERSON: "Worth more than one person may approve",
    R.NOT_AFFECTED: "The serial was not found affected",
    R.SERIAL_UNREADABLE: "The owner cannot read the serial",
    R.UNIT_GONE: "The unit is gone",
    R.CANNOT_PHOTOGRAPH: "The owner cannot take photos",
    R.INCOMPLETE: "Something that is asked for is missing",
    R.NOT_REACHED: "What we wrote reached nobody",
    R.PHOTOS_WAIT: "Photos are not looked through yet",
    R.PHOTO_USELESS: "A photo is of no use",
    R.LABEL_DIFFERS: "A label reads as another serial",
    R.LABEL_UNREAD: "No photo surely shows the serial claimed",
    R.MARK_NOT_SEEN: "What was to be written was not seen",
    R.MARKING_UNREAD: "The marking was not read",
    R.LATER_LEAD: "Approved, until a later claim led back to it",
    R.PAID_UNNAMED: "The same person got a remedy for a unit that nobody could name",
    R.FRAUD_FOUND: "Shares something with a claim that was found fraudulent",
    R.SAME_PHOTO: "The same photo came with another claim",
    R.COPIED_PHOTO: "A photo looks the same as one of another serial",
    R.LIKE_PHOTO: "A photo looks like one of a claim that shares something",
    R.MANY_LIKE: "More photos look like these than were compared",
    R.NOT_COMPARED: "Not compared with other claims",
    R.PERSON_LIMIT: "Many units of one person",
    R.ADDRESS_LIMIT: "Many units at one address",
    R.HOUSE_LIMIT: "Many units in one house",
    R.PAYEE_LIMIT: "Many units paid to one account",
    R.NETWORK_LIMIT: "Many units from one network within an hour",
    R.OWNERS_AT_ADDRESS: "Unrelated owners at one address",
    R.OWNERS_OF_PAYEE: "Unrelated owners paid to one account",
}
"""A short label for each."""
