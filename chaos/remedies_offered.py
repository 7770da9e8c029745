"""The recall of a run: the kettle of the tests, with a remedy of each provider, and a budget."""

from collections.abc import Mapping

from recalldesk.recalls.document.remedy import ProviderName
from tests.cast import recall_text

POOL = "cards-30"
BY_NUMBER = tuple(ProviderName)
KEYS: Mapping[ProviderName, str] = {
    ProviderName.CODES: "code",
    ProviderName.TREMENDOUS: "card",
    ProviderName.DISPATCH: "parcel",
    ProviderName.EASYPOST: "label",
    ProviderName.REFUND: "money",
}
KINDS = {
    ProviderName.CODES: "gift_card",
    ProviderName.TREMENDOUS: "gift_card",
    ProviderName.DISPATCH: "replacement",
    ProviderName.EASYPOST: "replacement",
    ProviderName.REFUND: "refund",
}
SIZE = "parcel = { length_mm = 300, width_mm = 200, height_mm = 200, weight_g = 1500 }"
MORE = {
    ProviderName.CODES: f'pool = "{POOL}"',
    ProviderName.TREMENDOUS: 'campaign = "MADEUPCAMPAIGN"',
    ProviderName.DISPATCH: 'article = "K21"',
    ProviderName.EASYPOST: SIZE,
    ProviderName.REFUND: "",
}
REMEDY = """
[[remedies]]
key = "{key}"
kind = "{kind}"
countries = ["US"]
title = {{ en = "A made-up remedy", es = "Una solución inventada" }}
explanation = {{ en = "Made up.", es = "Inventada." }}
value = {{ amount = "30.00", currency = "USD" }}
days = 5
ordering = {{ provider = "{provider}"{more} }}
"""


def text_of_recall(remedies_a_day: int) -> str:
    """The recall file, with a budget of so many remedies a day."""
    remedies = "".join(_remedy(provider) for provider in BY_NUMBER)
    text = recall_text().replace("# Working days in", f"{remedies}\n# Working days in", 1)
    return f"{text}\n[budget]\nremedies_a_day = {remedies_a_day}\n"


def _remedy(provider: ProviderName) -> str:
    more = MORE[provider]
    return REMEDY.format(
        key=KEYS[provider],
        kind=KINDS[provider],
        provider=provider.value,
        more=f", {more}" if more else "",
    )
