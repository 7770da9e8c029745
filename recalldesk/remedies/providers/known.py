"""The providers that come with Recalldesk, registered when the application starts.

To add one: its line here, its settings in `config/environment.py`, its section in docs/remedies.md.
"""

from recalldesk.recalls.document.remedy import ProviderName
from recalldesk.remedies.providers.codes.provider import Codes
from recalldesk.remedies.providers.easypost.configured import easypost
from recalldesk.remedies.providers.registry import register
from recalldesk.remedies.providers.tremendous.configured import tremendous

register(ProviderName.CODES, Codes)
register(ProviderName.EASYPOST, easypost)
register(ProviderName.TREMENDOUS, tremendous)
