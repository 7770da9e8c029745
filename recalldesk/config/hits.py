"""Each public page that is given is counted, where it is one of a recall's.

Guarantee: an answer is the same whether it is counted or not, and none waits for it.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from recalldesk.publicity.counting_pages import count_page
from recalldesk.publicity.pages import ANSWERED

Answer = Callable[[HttpRequest], HttpResponseBase]


def counted_pages(get_response: Answer) -> Answer:
    """Middleware that stands where it sees what is sent: also that a page is as it was."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        match = request.resolver_match
        if match is not None and request.method == "GET" and response.status_code in ANSWERED:
            count_page(match, user_agent=request.META.get("HTTP_USER_AGENT", ""))
        return response

    return answer
