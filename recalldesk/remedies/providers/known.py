"""The providers that come with Recalldesk, registered when the application starts.

To add one: its line here, its settings in `config/environment.py`, its section in docs/remedies.md.
"""

from recalldesk.recalls.document.remedy import ProviderName
from recalldesk.remedies.batches.made import register_maker
from recalldesk.remedies.batches.states import BatchKind
from recalldesk.remedies.providers.codes.provider import Codes
from recalldesk.remedies.providers.dispatch.files import pick_list_files
from recalldesk.remedies.providers.dispatch.provider import Dispatch
from recalldesk.remedies.providers.easypost.configured import easypost
from recalldesk.remedies.providers.refund.files import check_files, iban_files, us_account_files
from recalldesk.remedies.providers.refund.provider import refund_of_settings
from recalldesk.remedies.providers.registry import register
from recalldesk.remedies.providers.tremendous.configured import tremendous

register(ProviderName.CODES, Codes)
register(ProviderName.DISPATCH, Dispatch)
register(ProviderName.EASYPOST, easypost)
register(ProviderName.REFUND, refund_of_settings)
register(ProviderName.TREMENDOUS, tremendous)
register_maker(BatchKind.PICK_LIST, pick_list_files)
register_maker(BatchKind.IBAN, iban_files)
register_maker(BatchKind.US_ACCOUNT, us_account_files)
register_maker(BatchKind.CHECK, check_files)
