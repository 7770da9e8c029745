"""The only door to staff and to partners' keys."""

from collections.abc import Iterable

from recalldesk.accounts.models import ApiKey, Staff


def all_staff() -> Iterable[Staff]:
    """Everybody, by address."""
    return Staff.objects.order_by("email")


def there_is_staff() -> bool:
    """Whether anybody was added yet."""
    return Staff.objects.exists()


def staff_at(email: str) -> Staff | None:
    """The member of staff with this address, or None."""
    if not email.isprintable():
        return None  # PostgreSQL refuses to be asked for some of these
    return Staff.objects.filter(email__iexact=email).first()


def all_api_keys() -> Iterable[ApiKey]:
    """Every key ever given, revoked ones too, by name."""
    return ApiKey.objects.select_related("created_by").order_by("name", "pk")


def good_api_key(name: str, *, for_update: bool = False) -> ApiKey | None:
    """The key of this name that is not revoked, or None."""
    if not name.isprintable():
        return None  # PostgreSQL refuses to be asked for some of these
    rows = ApiKey.objects.select_for_update() if for_update else ApiKey.objects.all()
    return rows.filter(name__iexact=name.strip(), revoked_at=None).first()
