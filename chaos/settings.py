"""The settings of an installation in a run: the product's own, a clock that jumps, and a journal
whose disk fills."""

from chaos import weather
from recalldesk.config.settings import *  # noqa: F403 - the very settings that it runs under
from recalldesk.foundation import clock

clock.be_ahead_by(weather.JumpingClock(weather.here()))
JOURNAL_APPENDS = "chaos.weather.append_if_there_is_space"
