"""How the program writes its log: one JSON line an event, to standard error.

Guarantee: a traceback names files and lines, never the values of variables, since one of them may
be a serial or an address.
"""

import logging
import sys

import structlog

PROCESSORS: tuple[structlog.typing.Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,  # the standard library's: no local variables
    structlog.processors.JSONRenderer(),
)


def configure() -> None:
    """Sets up structlog, and Django's own log beside it, once a process."""
    structlog.configure(
        processors=PROCESSORS,
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
