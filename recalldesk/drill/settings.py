"""The settings of every program in a sandbox: the product's own, a clock that jumps, sockets that
lead nowhere else.

Guarantee: where anything real could be touched or told, they are not loaded.
"""

from recalldesk.config.settings import *  # noqa: F403 - the very settings that it runs under
from recalldesk.config.settings import (
    EASYPOST_ADDRESS,
    EMAIL_BACKEND,
    EMBEDDED_DATABASE,
    ENVIRONMENT,
    HOME,
    PROFILE,
    SMS,
    TREMENDOUS_ADDRESS,
)
from recalldesk.drill.clock_ahead import ClockAhead
from recalldesk.drill.closed import close_to_elsewhere
from recalldesk.drill.within import refuse_unless_within
from recalldesk.foundation import clock

close_to_elsewhere()
refuse_unless_within(
    home=HOME,
    profile=PROFILE.value,
    is_embedded=EMBEDDED_DATABASE,
    mail=EMAIL_BACKEND,
    texts=SMS,
    bucket=ENVIRONMENT.s3_bucket,
    services=(TREMENDOUS_ADDRESS, EASYPOST_ADDRESS),
)
clock.be_ahead_by(ClockAhead(HOME.parent))
