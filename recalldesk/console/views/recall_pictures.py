"""The pictures that a recall names, at the desk: which came, which are missing, and new ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.accounts.errors import NotPermitted
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.large_bodies import takes_files
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.foundation.page_policy import A_FILE
from recalldesk.foundation.problem import Problem
from recalldesk.pictures.actions import Became, PictureFile, TakenPictures, take_pictures
from recalldesk.pictures.errors import TOO_LARGE
from recalldesk.pictures.naming import nearest
from recalldesk.pictures.reads import (
    ShownPicture,
    content_for_staff,
    missing_pictures,
    pictures_of,
)
from recalldesk.recalls.document.product import Photograph, Product
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import document_of, newest_version, recall_named

AS = "as-"
"""How a field begins whose file stands for the name that follows, whatever it is called: the name
itself, since the recall file may name others by the time that the form comes."""


@dataclass(frozen=True)
class NamedPicture:
    """A picture that the recall file names; `shown` is None where it is missing."""

    field: str
    photograph: Photograph
    is_main: bool
    shown: ShownPicture | None

    @property
    def words(self) -> str:
        """What it shows, in the recall's first language."""
        return next(iter(self.photograph.caption.values()))


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def recall_pictures(request: DeskRequest, slug: str) -> HttpResponse:
    """The list; by POST it takes files. Each is taken or refused by itself."""
    recall = _recall_or_404(slug)
    if request.method != "POST":
        return _page(request, recall)
    files = list(_files(request))
    if not files:
        return _page(request, recall, problem="Choose a file first.", status=422)
    try:
        taken = take_pictures(recall=recall, files=files, by=request.user)
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    except Problem as problem:
        return _page(request, recall, problem=str(problem), status=422)
    _tell(request, taken)
    if taken.that(Became.REFUSED) or taken.that(Became.NOT_NAMED):
        return _page(request, recall, taken=taken, status=422)
    return HttpResponseRedirect(reverse("console:recall_pictures", args=[slug]), status=303)


@require_safe
def recall_picture(request: DeskRequest, slug: str, digest: str) -> HttpResponse:
    """A picture in one width, of a version published or not."""
    content = content_for_staff(_recall_or_404(slug), digest)
    if content is None:
        raise Http404(digest)
    response = HttpResponse(content, content_type="image/jpeg")
    response["Content-Security-Policy"] = A_FILE
    return response


def _recall_or_404(slug: str) -> Recall:
    recall = recall_named(slug)
    if recall is None or newest_version(recall) is None:
        raise Http404(slug)
    return recall


def _newest(recall: Recall) -> RecallVersion:
    version = newest_version(recall)
    assert version is not None
    return version


def _files(request: DeskRequest) -> Iterator[PictureFile]:
    for field, sent in request.FILES.lists():
        for file in sent:
            name = field.removeprefix(AS) if field.startswith(AS) else file.name or ""
            yield PictureFile(name, partial(_content, file))


def _content(file: UploadedFile) -> bytes:  # type: ignore[type-arg]  # it has none when it runs
    try:
        return b"".join(file.chunks())
    except PhotoRefused as refused:
        raise TOO_LARGE from refused


def _tell(request: DeskRequest, taken: TakenPictures) -> None:
    if names := ", ".join(each.file for each in taken.that(Became.TAKEN)):
        messages.success(request, f"Taken: {names}.")
    if names := ", ".join(each.file for each in taken.that(Became.SAME)):
        messages.info(request, f"The same as before: {names}.")
    if taken.stays is not None and taken.draft is not None:
        state = taken.stays.get_state_display().lower()
        words = f"Version {taken.stays.number} is {state} and stays; version {taken.draft.number}"
        messages.info(request, f"{words} is a new draft.")


def _page(
    request: DeskRequest,
    recall: Recall,
    *,
    taken: TakenPictures | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    version = _newest(recall)
    missing = missing_pictures(version)
    others = taken.that(Became.NOT_NAMED) if taken else ()
    values = {
        "recall": recall,
        "version": version,
        "products": list(_products(version)),
        "missing": missing,
        "refused": taken.that(Became.REFUSED) if taken else (),
        "others": [(each.name, nearest(each.name, missing)) for each in others],
        "problem": problem,
    }
    return page(request, "recall_pictures.html", values, status=status)


def _products(version: RecallVersion) -> Iterator[tuple[Product, list[NamedPicture]]]:
    document, shown = document_of(version), pictures_of(version)
    for product in document.products:
        whole = [each.file for each in product.photographs if not each.shows_serial]
        yield (
            product,
            [
                NamedPicture(
                    field=f"{AS}{each.file}",
                    photograph=each,
                    is_main=each.file in whole[:1],
                    shown=shown.get(each.file),
                )
                for each in product.photographs
            ],
        )
