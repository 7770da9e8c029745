"""The only door to staff."""

from collections.abc import Iterable

from recalldesk.accounts.models import Staff


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
