"""Who works at the desk: listed, invited, changed by an administrator."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recalldesk.accounts.errors import StaffProblem
from recalldesk.accounts.invitations import revoke_invitation
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.accounts.reads import all_staff, open_invitations, staff_numbered
from recalldesk.accounts.staff_changes import change_role, forget_second_factor, let_leave
from recalldesk.console.access import DeskRequest, redirect_to
from recalldesk.console.answering import page
from recalldesk.console.views.joining_forms import InviteForm
from recalldesk.mailing.to_staff import invite_by_mail


@require_safe
def everybody(request: DeskRequest) -> HttpResponse:
    """The staff, and who is invited."""
    return _list(request, InviteForm())


def _list(request: DeskRequest, form: InviteForm, *, status: int = 200) -> HttpResponse:
    values = {
        "people": [person for person in all_staff() if person.is_active],
        "left": [person for person in all_staff() if not person.is_active and person.last_login],
        "invitations": open_invitations(),
        "form": form,
    }
    return page(request, "staff.html", values, status=status)


@require_POST
def invite(request: DeskRequest) -> HttpResponse:
    """Invites somebody; the link goes to their address alone."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=422)
    asked = form.cleaned_data
    site = f"{request.scheme}://{request.get_host()}"
    try:
        invite_by_mail(
            email=asked["email"],
            name=asked["name"],
            role=Role(asked["role"]),
            by=request.user,
            site=site,
        )
    except StaffProblem as problem:
        form.add_error(None, str(problem))
        return _list(request, form, status=422)
    messages.success(request, f"The invitation is on its way to {asked['email']}.")
    return redirect_to("console:staff")


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: DeskRequest, number: int) -> HttpResponse:
    """One member of staff, and what can be changed about them."""
    person = staff_numbered(number)
    if person is None:
        raise Http404
    problem = None
    if request.method == "POST":
        try:
            messages.success(request, _changed(request, person))
            return redirect_to("console:staff")
        except StaffProblem as refused:
            problem = refused
    values = {"member": person, "roles": Role.choices, "problem": problem}
    return page(request, "staff_member.html", values, status=422 if problem else 200)


def _changed(request: DeskRequest, person: Staff) -> str:
    """Does what was asked for; returns what to say of it. Raises StaffProblem, or Http404."""
    asked = request.POST.get("do")
    if asked == "role" and request.POST.get("role") in Role.values:
        role = Role(request.POST["role"])
        change_role(email=person.email, role=role, by=request.user)
        return f"{person.name} is {role.label.lower()} now."
    if asked == "leave":
        let_leave(email=person.email, by=request.user)
        return f"{person.name} cannot sign in any more."
    if asked == "factor":
        forget_second_factor(email=person.email, by=request.user)
        return f"{person.name} sets up a new second factor at the next sign-in."
    if asked == "revoke":
        revoke_invitation(email=person.email, by=request.user)
        return f"The invitation of {person.name} does not open anything any more."
    raise Http404
