"""What is counted of a recall's effectiveness, in words. Pure.

Guarantee: the page, the exports and the documentation say a figure by these words and no others.
"""

from collections.abc import Mapping
from enum import StrEnum

from recalldesk.outreach.states import Way
from recalldesk.reports.corrections.definitions import Definition
from recalldesk.reports.sums.places import BY_SHOP, OF_REPORTS


class Part(StrEnum):
    """A table of the report, by its name in addresses and files."""

    LEVELS = "levels"
    WAYS = "ways"
    COUNTRIES = "countries"
    WEEKS = "weeks"
    FORECAST = "forecast"
    FROM_NOTICE = "from-notice"
    FROM_CHECK = "from-check"
    REACH = "reach"


NOBODY = ""
"""The way of who was told directly by nobody."""
WAYS: Mapping[str, str] = {
    Way.EMAIL.value: "E-mail",
    Way.LETTER.value: "Letter",
    Way.SMS.value: "Text message",
    Way.PHONE.value: "Phone call",
    BY_SHOP: "Message of the shop",
    NOBODY: "Not told directly",
    OF_REPORTS: "Reported, owner not known",
}
"""Each way and what it is called, in the order of the tables."""
STEPS: tuple[tuple[str, str], ...] = (
    ("Told", "The owner of the purchase was sent a notice that names it and did not come back."),
    (
        "Delivered",
        "Somebody tells that it arrived: a mail server, a gateway, the post. Many never tell, so "
        "that this step is at least so many.",
    ),
    ("Link opened", "The button behind the link of such a notice was pressed."),
    ("Claim begun", "A claim was begun by that link."),
    ("Claim sent", "A claim so begun was sent, with the photos that the recall asks for."),
    ("Approved", "A claim so begun is approved now, or further."),
    ("Remedy ordered", "Its remedy is ordered now, or further."),
    ("Delivered to its owner", "Its remedy reached its owner."),
)
"""The steps from notice to remedy, as `reports.sums.names.STEPS` numbers them."""
DEFINITIONS: Mapping[Part, Definition] = {
    Part.LEVELS: Definition(
        "Correction rate by level",
        "Units corrected of the units that were at each level when the recall began, as the recall "
        "file states them; a dash where it does not.",
    ),
    Part.WAYS: Definition(
        "Correction rate by the way in which owners were told",
        "Consumers' units corrected, divided by the units of that way. A unit counts once, under "
        "the first direct way that reached its owner: for what was corrected, as was known when it "
        "counted; for the units, of purchases with a strong match, as is known now. Not told "
        "directly: the units of the recall that no direct way reached, which know of it by the "
        "press, by friends or not at all.",
    ),
    Part.COUNTRIES: Definition(
        "Correction rate by country",
        "Consumers' units corrected, by the country of the claim or, for what a shop reported by "
        "its serial, of the purchase; of the units that the recall file states for consumers of "
        "that country, or else for the country.",
    ),
    Part.WEEKS: Definition(
        "Correction rate week by week",
        "All units corrected up to the end of each week, from Monday to Sunday in UTC, under each "
        "way, of the units that stand in the table of ways. What came back or was taken back is "
        "taken off in the week in which it was.",
    ),
    Part.FORECAST: Definition(
        "What may come, if nothing changes",
        "A curve that falls off by the same share each week is fitted by least squares to the "
        "units corrected in each whole week since the week with the most; the band holds nine in "
        "ten of 500 draws, each fitted anew to the curve with its own misses shuffled (bootstrap "
        "of residuals, always with the same seed), and drawn on with such misses. It is no "
        "promise, and knows nothing of what will be done: a new wave, a reminder or news change "
        "it. It is shown from eight whole weeks after that week on.",
    ),
    Part.FROM_NOTICE: Definition(
        "From the notice to the remedy",
        "Purchases whose owner was told, by how far each came until now. A step holds all that "
        "came further, too: who sent a claim had opened the link. The drop is what the step "
        "before had and this one has not.",
    ),
    Part.FROM_CHECK: Definition(
        "From the check to the remedy",
        "Checks are answers in which this recall spoke, whoever asked and however often: no number "
        "of units. Claims stand at their step now, or beyond it; the desk's lists hold them. What "
        "others reported is not in it.",
    ),
    Part.REACH: Definition(
        "Reach",
        "The share of the affected units sold of which somebody was told directly and it did not "
        "come back. The CPSC's “Recall Alert” is for firms that can reach at least 95 % of the "
        "owners directly: hence the line.",
    ),
}
"""Every table, in the order in which the page has them."""
