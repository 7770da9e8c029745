"""What each field of a recall file means, by its path: the documentation and the desk say it.

Guarantee: a field without a meaning, or a meaning without its field, fails `scripts/docs.py check`.
"""

from collections.abc import Mapping

_TOP: Mapping[str, str] = {
    "format": "The form of this file.",
    "recall": "The recall's name in addresses and commands. It never changes.",
    "announced": "The day of the announcement, once it is known.",
    "recall_number": "The authority's number, once there is one.",
    "languages": "The languages of this recall: `en`, `es`. Every text stands in each of them.",
    "made_up": "What is not a fact, in words. Empty it before you publish for real owners.",
    "firm": "Who answers for the recall.",
    "companies": "Who made, brought in, passed on or sold the products.",
    "brands": "The names that owners know. Each has a check page of its own.",
    "texts": "What the recall says.",
    "danger": (
        "The words for a unit that is dangerous right now. Left out: those for a battery (hot, "
        "swollen, leaking, smoking)."
    ),
    "figures": "The numbers that texts name.",
    "incidents": "What is known to have happened. Leave the table out if nothing is.",
    "products": "The recalled models.",
    "scope": "Which units are meant.",
    "jurisdictions": "The countries of the recall.",
    "remedies": "What owners can choose.",
    "promises": "How soon each stage is promised.",
    "evidence": "What owners will be asked to show, once there are claims.",
    "review": "Who decides claims, and within which limits.",
    "disposal": "How a unit is got rid of.",
    "corrections": "What is reported as corrected.",
    "faq": "Questions and answers for the recall's page.",
}
_FIRM: Mapping[str, str] = {
    "firm.name": "The firm's name, as people know it.",
    "firm.legal_name": "Its legal name, also where that is the same.",
    "firm.role": "What it did with the products.",
    "companies.name": "The company's legal name; a shop's name as people know it.",
    "companies.role": "What it did.",
    "companies.key": (
        "The name under which checks count that were made on its pages ([shops](shops.md)). Left "
        "out: it counts as `other`."
    ),
    "companies.headquarters": "Its city, and its state or country.",
    "companies.products": "The keys of its products. Left out: all.",
    "firm.address": "Its postal address.",
    "firm.website": "Its website.",
    "brands.key": "The brand's name in addresses.",
    "brands.name": "The name on the page.",
    "brands.logo": "SVG with shapes only, at most 20,000 characters; empty: the monogram.",
    "brands.monogram": "One or two letters; stands in place of a logo.",
    "brands.accent": "The colour of links and buttons. Refused with a contrast below 4.5 to 1.",
    "brands.hosts": "Host names under which the general pages carry this brand's name.",
    "brands.sender": "The address from which this brand's mail will come.",
    "brands.email": "Where owners write to.",
    "brands.phone": "Where owners call, as a link dials it.",
    "brands.phone_shown": "The same number as people read it.",
    "brands.phone_is_free": "Whether the call costs nothing.",
    "brands.hours": "When somebody answers, with the time zone.",
    "brands.online_service": "A page where owners can ask and are answered.",
    "brands.products": "The keys of its products. Each product belongs to one brand.",
}
_TEXTS: Mapping[str, str] = {
    "texts.notice_heading": (
        "The words above the notice where the law gives them: in the EU `Product safety recall`."
    ),
    "texts.headline": "What is recalled and why, in a line.",
    "texts.question": "The question at the top of the check page.",
    "texts.summary": "What the recall is about.",
    "texts.hazard": "The danger, said plainly.",
    "texts.stop": "What to do now, in the order in which to do it.",
    "texts.keep": "How to keep the unit meanwhile.",
    "texts.share": "An invitation to pass it on.",
    "danger.question": "How an owner sees that it is dangerous, as a question.",
    "danger.headline": "The first thing to do, in a line.",
    "danger.steps": "What to do at once; the emergency number and the phone follow.",
    "figures.value": "The number. Texts show it as their language writes numbers.",
    "figures.source": "Where it was published, or who counted it.",
    "figures.as_of": "The day it was true on.",
    "figures.counts": "What it counts of the incidents, where it counts them: the desk then "
    "holds it against the tally of their reports.",
    "figures.currency": "The currency of damage (ISO 4217), where it counts that.",
    "incidents.as_of": "The day up to which incidents are counted.",
    "incidents.summary": "What happened, with its figures.",
    "incidents.injured": "The figures that count injured people; `[]` where nobody was injured.",
    "incidents.killed": "The figures that count people who died.",
    "incidents.ages": "The ages, in years, of all people injured or killed.",
    "incidents.reported": "When the authority was told of injuries and deaths.",
    "incidents.reported.since": "The first day.",
    "incidents.reported.until": "The last day.",
    "faq.question": "A question that owners ask.",
    "faq.answer": "Its answer.",
}
_PRODUCTS: Mapping[str, str] = {
    "products.key": "The name by which other parts of the file mean this product.",
    "products.model": "The model as it is printed on the unit.",
    "products.names": "The names under which it was sold, the main one first.",
    "products.also_searched_as": "Other spellings that owners search for, misprints too.",
    "products.kind": "What it is, in a word or two.",
    "products.description": "How to tell it from other things.",
    "products.variants": "Its looks: colours, editions.",
    "products.identifiers": "Its numbers in shops; the search, the notice and bar codes use them.",
    "products.photographs": "Its pictures, the main one first.",
    "products.photographs.file": "The name of the picture's file, by which it is brought.",
    "products.photographs.caption": "What it shows, for who cannot see it too.",
    "products.photographs.shows_serial": "Whether it shows where the serial stands. Such a "
    "picture stands there, and never alone: one of the whole product is needed too.",
    "products.made": "When and where it was made.",
    "products.sold": "When, where and for how much it was sold.",
    "products.serial": "Its serial numbers.",
    "products.drawing": "From what its pictures are drawn.",
    "products.variants.key": "A short name.",
    "products.variants.name": "The look as an owner would say it.",
    "products.variants.colour": "The colour of the drawing.",
    "products.identifiers.channel": "The shop.",
    "products.identifiers.kind": "What kind of number it is.",
    "products.identifiers.value": "The number or title. The check digit of a upc, ean or gtin must "
    "be right.",
    "products.made.since": "The first day.",
    "products.made.until": "The last day.",
    "products.made.countries": "The countries where it was made.",
    "products.sold.since": "The first day.",
    "products.sold.until": "The last day; left out while it is still sold.",
    "products.sold.channels": "Where it was sold, in words.",
    "products.sold.countries": "The countries where it was sold.",
    "products.sold.region": "Where in these countries, where that helps.",
    "products.sold.price": "What it cost.",
    "products.sold.price_is_about": "Whether the price is only about right.",
    "products.drawing.shape": "The outline.",
    "products.drawing.engraved": "What stands on the front.",
    "products.drawing.label_lines": "What stands on the label above the serial.",
}
_SERIAL: Mapping[str, str] = {
    "products.serial.where": "Where the serial stands, in words.",
    "products.serial.prefix": "A label printed before it, such as SN; no part of the serial.",
    "products.serial.alphabet": "Every character that a serial can have, digits first.",
    "products.serial.shortest": "The fewest characters.",
    "products.serial.longest": "The most characters.",
    "products.serial.folding": "Characters that are never printed, and what each stands for.",
    "products.serial.look_alikes": "Characters that people take for each other, class by class.",
    "products.serial.shapes": "Patterns that narrow the form; a serial fits one of them.",
    "products.serial.not_the_serial": "Other numbers that owners type in its place.",
    "products.serial.not_the_serial.name": "The number's name, as the page says it.",
    "products.serial.not_the_serial.pattern": "What it looks like.",
    "products.serial.not_the_serial.alphabet": "Every character that it can have.",
    "products.serial.not_the_serial.shortest": "The fewest characters.",
    "products.serial.not_the_serial.longest": "The most characters.",
}
_PRODUCTS_KEYS = "The keys of the products that it speaks of."
_MEANING = "Whether these are recalled, left out of the recall, or all that were made."
_COUNTING = "How serials follow one another inside a range: by their last digits, or by alphabet."
_SCOPE: Mapping[str, str] = {
    "scope.public": (
        "Whether the recall's page shows the ranges, as for vehicles. Else nobody sees them."
    ),
    "scope.lists": "Lists whose content comes from files.",
    "scope.ranges": "Ranges written here.",
    "scope.patterns": "Patterns written here.",
    "scope.lists.name": "The list's name, for `--list`.",
    "scope.lists.meaning": _MEANING,
    "scope.lists.products": f"{_PRODUCTS_KEYS} All must have the same alphabet and look-alikes.",
    "scope.lists.units": "How many units the list must have. Publication is held back otherwise.",
    "scope.lists.counting": _COUNTING,
    "scope.ranges.start": "The first serial.",
    "scope.ranges.end": "The last serial, of the same length.",
    "scope.ranges.products": _PRODUCTS_KEYS,
    "scope.ranges.meaning": _MEANING,
    "scope.ranges.counting": _COUNTING,
    "scope.patterns.pattern": "What the serials look like.",
    "scope.patterns.products": _PRODUCTS_KEYS,
    "scope.patterns.meaning": _MEANING,
}
_COUNTRIES: Mapping[str, str] = {
    "jurisdictions.country": "The country.",
    "jurisdictions.units": "Units recalled there.",
    "jurisdictions.units_are_about": "Whether that number is rounded.",
    "jurisdictions.levels": "The same units by level of the chain; they must add up.",
    "jurisdictions.regulator": "The authority.",
    "jurisdictions.case_number": "The authority's number for this case.",
    "jurisdictions.notice_address": "The authority's own page on the recall, once there is one.",
    "jurisdictions.compliance_officer": "Who works on the case there, as its reports name them.",
    "jurisdictions.emergency_number": "Whom to call when a unit burns.",
    "jurisdictions.northern_ireland": "For GB: whether it was sold in Northern Ireland.",
    "jurisdictions.levels.manufacturer": "Units still with the maker.",
    "jurisdictions.levels.distributor": "Units with distributors.",
    "jurisdictions.levels.retailer": "Units with shops.",
    "jurisdictions.levels.consumer": "Units with owners.",
}
_REMEDIES: Mapping[str, str] = {
    "remedies.key": "A short name.",
    "remedies.kind": "What it is. A gift card counts as a refund.",
    "remedies.countries": "Where it is offered. Each country needs at least one remedy.",
    "remedies.title": "Its name for owners.",
    "remedies.explanation": "What happens, in a sentence or two.",
    "remedies.value": "What it is worth.",
    "remedies.shops": "Where a gift card can be spent.",
    "remedies.expires_after_months": "When it expires, if it does.",
    "remedies.replacement_model": "The model that is sent instead.",
    "remedies.days": "Working days from approval until it is sent.",
    "remedies.ordering": "How it is handed out. Owners see nothing of it.",
    "remedies.ordering.provider": "Who hands it out. Without it: `codes` for a gift card, "
    "`dispatch` for a replacement or repair, `refund` for a refund.",
    "remedies.ordering.article": "The warehouse's number of what is sent.",
    "remedies.ordering.campaign": "The gift-card service's campaign.",
    "remedies.ordering.pool": "Which of your own imported gift codes are handed out.",
    "remedies.ordering.parcel": "The parcel, for a carrier.",
    "remedies.ordering.parcel.length_mm": "Its length in millimetres.",
    "remedies.ordering.parcel.width_mm": "Its width in millimetres.",
    "remedies.ordering.parcel.height_mm": "Its height in millimetres.",
    "remedies.ordering.parcel.weight_g": "Its weight in grams, packing included.",
    "remedies.ordering.parcel.dangerous_goods": "Where what is sent holds a battery.",
    "remedies.ordering.parcel.dangerous_goods.un_number": "Its number as dangerous goods: a "
    "lithium-ion battery packed with equipment is UN3481, one alone UN3480.",
    "remedies.ordering.parcel.dangerous_goods.packing_instruction": "By which it is packed.",
    "remedies.ordering.parcel.dangerous_goods.ground_only": "Whether it may not fly.",
    "remedies.ordering.parcel.dangerous_goods.declaration": "What stands on the label.",
    "budget": "What may be ordered in a day, over all remedies; more takes two people.",
    "budget.per_day": "The value of cards and refunds of one currency.",
    "budget.remedies_a_day": "The number of remedies.",
    "promises.confirm_days": "Until a claim is confirmed.",
    "promises.review_days": "Until it is decided.",
    "promises.remedy_days": "Until the remedy is there.",
    "promises.time_zone": "Whose days these are, as in America/New_York. Left out: that of the"
    " first country; where it has several, that of most of its people.",
    "promises.weekend": "The days of each week that are no working days.",
    "promises.holidays": "Days that are no working days, besides those of the weekend.",
    "evidence.label_photo": "Whether a photo of the label is asked for.",
    "evidence.marking_photo": "Whether a photo of the marked unit is asked for.",
    "evidence.marks": "What the owner writes on the unit.",
    "evidence.word": "The word to write.",
    "evidence.receipt": "Whether a receipt is asked for.",
    "disposal.attestation": "How sure the firm asks to be that the unit is gone: promised with the "
    "claim, confirmed by a word, or proven by a photo.",
    "disposal.moment": "Whether that is asked before or after the remedy.",
    "disposal.proof_by": "With `proven`: who accepts the photo, the rule or a person.",
    "disposal.guidance": "How to dispose of it.",
    "disposal.never": "What never to do with it.",
    "disposal.cases": "Guidance for a country or a condition, in the place of `guidance`. Of "
    "several the most particular is shown; a condition goes before a country.",
    "disposal.cases.countries": "Of which countries' owners. Left out: of all.",
    "disposal.cases.condition": "How the unit is: as usual (sound), or swollen, leaking, hot or "
    "burnt (damaged). Left out: whichever.",
    "disposal.cases.guidance": "How to dispose of it then.",
    "disposal.collection_sites": "Whether owners are shown the collection sites of the desk's "
    "lists.",
    "disposal.ask": "What to ask a collection site on the phone.",
    "corrections.gift_card_counts": "Whether a gift card counts as a refund; not where it comes on "
    "top of another remedy.",
}
_REVIEW: Mapping[str, str] = {
    "review.by_rule": (
        "Whether the rule approves a claim that proves all that is asked; else people decide all."
    ),
    "review.limits": "How many units may share something before a person looks.",
    "review.copy_within": (
        "In how many of 256 bits a photo of one unit may differ from that of another serial to be "
        "taken for the same photo."
    ),
    "review.like_within": (
        "In how many bits a photo may differ from another to count where something else is shared."
    ),
    "review.wait_before_order_days": (
        "For how many days a remedy that the rule alone approved waits before it is ordered: so "
        "long a later claim can lead back to it. The days of a remedy hold this wait."
    ),
    "review.second_person_over": (
        "A remedy that is worth more takes two people, also of a claim that came under an earlier"
        " version. Left out: one is enough for any."
    ),
    "review.decline_reasons": (
        "Why a person may decline a claim. Left out: a list of the program's own."
    ),
    "review.limits.person": "Units under one e-mail address or phone number.",
    "review.limits.address": "Units at one address, to the flat.",
    "review.limits.house": "Units in one house, whatever the flat.",
    "review.limits.payee": "Units paid to one account, or by check to one name and address.",
    "review.limits.network": "Units sent from one network within an hour.",
    "review.limits.owners_at_address": (
        "Owners at one address, to the flat, with no contact and no word of a name in common."
    ),
    "review.limits.owners_of_payee": "The same, paid to one account.",
    "review.decline_reasons.key": "A short name.",
    "review.decline_reasons.title": "What the reviewer chooses.",
    "review.decline_reasons.text": "What the owner is told.",
}
MEANINGS: Mapping[str, str] = {
    **_TOP,
    **_FIRM,
    **_TEXTS,
    **_PRODUCTS,
    **_SERIAL,
    **_SCOPE,
    **_COUNTRIES,
    **_REMEDIES,
    **_REVIEW,
}
