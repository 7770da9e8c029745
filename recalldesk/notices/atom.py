"""The notices as an Atom feed: every version that was published is an entry.

Guarantee: the id of the feed, and of an entry, is the same for ever, in every language and under
every host name: it is made of what a first version said when it was published, and that never
changes. Entries lead to each recall's own host; the feed names itself where it was asked for.
"""

from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext, override

from recalldesk.notices.addresses import version_address
from recalldesk.notices.published import Published
from recalldesk.notices.writing import notice_of

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


def entry_id(first: Published, number: int) -> str:
    """The name (RFC 4151) of a version of a recall, from the first version that was published."""
    return f"{_authority(first)}:recalls/{first.slug}/versions/{number}"


def feed_id(oldest: Published) -> str:
    """The feed's own name, from the version that was published first of all."""
    return f"{_authority(oldest)}:recalls"


def _authority(first: Published) -> str:
    host = (*first.document.brands[0].hosts, urlsplit(first.document.firm.website).netloc)[0]
    return f"tag:{host},{first.published_at:%Y-%m-%d}"


def _path(language: str) -> str:
    with override(language):
        return reverse("portal:feed")


def atom_feed(versions: Iterable[Published], *, language: str, site: str) -> str:
    """The feed's text, the newest version first. `site`: where the pages begin, with a slash."""
    listed = sorted(versions, key=lambda each: each.published_at, reverse=True)
    firms = ", ".join(dict.fromkeys(each.document.firm.name for each in listed))
    first = {each.slug: each for each in reversed(listed)}
    oldest = listed[-1] if listed else None
    with override(language):
        title, version = gettext("Product recalls"), gettext("version")
    feed = Atom1Feed(
        title=f"{firms}: {title}" if firms else title,
        link=site,
        description=None,
        language=language,
        author_name=firms or title,
        feed_url=urljoin(site, _path(language)),
        feed_guid=feed_id(oldest) if oldest else site,
    )
    for each in listed:
        notice = notice_of(each, language)
        changed = f" ({version} {each.number})" if each.number > 1 else ""
        feed.add_item(
            title=notice.headline + changed,
            link=version_address(each, language),
            description=escape(f"{notice.summary} {notice.hazard}"),
            unique_id=entry_id(first[each.slug], each.number),
            pubdate=each.published_at,
            updateddate=each.published_at,
            author_name=notice.firm,
        )
    return str(feed.writeString("utf-8"))


def atom_entry(published: Published, earlier: Iterable[Published], *, language: str) -> str:
    """The entry of one version alone, a line for each part, as it stands in the feed."""
    feed = atom_feed([published, *earlier], language=language, site="/")
    entries = (each.partition("</entry>")[0] for each in feed.split("<entry>")[1:])
    entry = next(each for each in entries if f"/versions/{published.number}</id>" in each)
    return "\n".join(["<entry>", *entry.replace("><", ">\n<").split("\n"), "</entry>"])
