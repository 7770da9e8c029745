"""Whether mail leaves, and would arrive: the way it goes, and the records of each domain."""

from collections.abc import Iterator

from django.conf import settings

from recalldesk.drill.readiness.about import About
from recalldesk.drill.readiness.points import Light, Line, Point, bad, good, point
from recalldesk.mailing.domains.asking import Records
from recalldesk.mailing.domains.checking import check_domain
from recalldesk.mailing.domains.rules import Weight
from recalldesk.mailing.mail_url import FOLDER
from recalldesk.operating.mail_domains import domains_of, senders_of

LIGHTS = {
    Weight.FINE: Light.READY,
    Weight.REMARK: Light.LOOK,
    Weight.FAULT: Light.NOT_READY,
    Weight.UNKNOWN: Light.LOOK,
}
OF_MAIL = ("rd.D040", "rd.D041", "rd.D045")


def mail(about: About) -> Point:
    """The way, then SPF, DKIM, DMARC and MX of each domain."""
    return point(
        "Mail set up",
        _lines(about),
        "Set RECALLDESK_EMAIL_URL, and the records that `recalldesk mail check` names "
        "(docs/mail.md).",
    )


def _lines(about: About) -> Iterator[Line]:
    backend = settings.EMAIL_BACKEND
    if not backend:
        yield bad("No way is set by which mail leaves (RECALLDESK_EMAIL_URL).")
    elif backend == FOLDER:
        yield bad("Mail goes into a folder here, and to nobody.")
    else:
        yield good("A way is set by which mail leaves.")
    environment = settings.ENVIRONMENT
    selectors = [each.strip() for each in environment.dkim_selectors.split(",") if each.strip()]
    servers = [each.strip() for each in environment.name_servers.split(",") if each.strip()]
    records = Records(servers)
    for domain in domains_of(senders_of(about.document)):
        for found in check_domain(domain, selectors=selectors, records=records):
            yield Line(LIGHTS[found.weight], f"{domain}, {found.about}: {found.said}")
    for finding in about.found(*OF_MAIL):
        yield bad(finding.words)
