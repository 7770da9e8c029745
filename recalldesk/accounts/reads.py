"""The only door to staff and to partners' keys."""

from collections.abc import Iterable

from recalldesk.accounts.models import ApiKey, Invitation, Partner, Staff
from recalldesk.accounts.permissions import KeyRight, Permission, Role, roles_that_may
from recalldesk.foundation import clock


def all_staff() -> Iterable[Staff]:
    """Everybody, by address."""
    return Staff.objects.order_by("email")


def staff_who_may(permission: Permission) -> Iterable[Staff]:
    """Everybody at the desk whose role holds the permission, by name."""
    roles = roles_that_may(permission)
    return Staff.objects.filter(is_active=True, role__in=roles).order_by("name", "pk")


def there_is_staff() -> bool:
    """Whether anybody can sign in yet; who was only invited cannot."""
    return Staff.objects.filter(is_active=True).exists()


def other_administrators(person: Staff) -> bool:
    """Whether anybody else manages staff."""
    others = Staff.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=person.pk)
    return others.exists()


def open_invitations() -> Iterable[Invitation]:
    """Those whose link still opens something, by address."""
    rows = Invitation.objects.filter(
        used_at=None, revoked_at=None, expires_at__gt=clock.now()
    ).select_related("person", "invited_by")
    return rows.order_by("person__email")


def staff_numbered(number: int) -> Staff | None:
    """The member of staff with this number, or None."""
    return Staff.objects.filter(pk=number).first()


def staff_at(email: str) -> Staff | None:
    """The member of staff with this address, or None."""
    if not email.isprintable():
        return None  # PostgreSQL refuses to be asked for some of these
    return Staff.objects.filter(email__iexact=email).first()


def all_api_keys() -> Iterable[ApiKey]:
    """Every key ever given, revoked ones too, by name."""
    return ApiKey.objects.select_related("created_by", "partner").order_by("name", "pk")


def good_api_key(name: str, *, for_update: bool = False) -> ApiKey | None:
    """The key of this name that is not revoked, or None."""
    if not name.isprintable():
        return None  # PostgreSQL refuses to be asked for some of these
    rows = ApiKey.objects.select_for_update() if for_update else ApiKey.objects.all()
    return rows.filter(name__iexact=name.strip(), revoked_at=None).first()


def rights_of(partner: Partner) -> frozenset[KeyRight]:
    """What the good keys of a partner may do, together."""
    rows = ApiKey.objects.filter(partner=partner, revoked_at=None).values_list("rights", flat=True)
    return frozenset(KeyRight(right) for rights in rows for right in rights)
