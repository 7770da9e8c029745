"""How the program writes its log: one JSON line an event, to standard error, whoever writes it.

Guarantees: a traceback names files and lines, never the values of variables, since one of them may
be a serial or an address. What a client sent (an address, a Host, a header) is not written at all:
an address that is none may hold a serial. What a client did wrong leaves no traceback.
"""

import logging
import sys
from typing import TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

PROCESSORS: tuple[structlog.typing.Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,  # the standard library's: no local variables
    structlog.processors.JSONRenderer(),
)
REQUESTS, REFUSALS = "django.request", "django.security."
"""Under these names Django's own lines quote what was sent."""


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """Not what Django says of each answer that tells a client of its own mistake."""
    return record.name != REQUESTS or _status(record) >= 500


def _status(record: logging.LogRecord) -> int:
    return int(getattr(record, "status_code", 500))


def _without_values(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The event in our own words, where Django's would quote an address or a header."""
    record: logging.LogRecord = event["_record"]
    event["logger"] = record.name
    if record.name.startswith(REFUSALS):
        event["event"], event["why"] = "request_refused", record.name.removeprefix(REFUSALS)
        event.pop("exc_info", None)
    elif record.name == REQUESTS:
        event["event"], event["status"] = "request_failed", _status(record)
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        event["route"] = match.route if match else None
    return event


def handler(file: TextIO) -> logging.Handler:
    """Writes what comes through Python's own logging, in the form of all the rest."""
    made = logging.StreamHandler(file)
    made.addFilter(_is_worth_a_line)
    made.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_without_values, *PROCESSORS[:-1]],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                PROCESSORS[-1],
            ],
        )
    )
    return made


def configure() -> None:
    """Sets up structlog, and Python's own log beside it, once a process."""
    structlog.configure(
        processors=PROCESSORS,
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler(sys.stderr)])
