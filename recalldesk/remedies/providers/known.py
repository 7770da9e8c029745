"""The providers that come with Recalldesk, registered when the application starts."""

from recalldesk.recalls.document.remedy import ProviderName
from recalldesk.remedies.providers.codes.provider import Codes
from recalldesk.remedies.providers.registry import register

register(ProviderName.CODES, Codes)
