"""Pools of codes: how one is made and found, and which one a remedy's code is taken from.

Guarantee: a code is of the very worth that the order asks for, and can still be spent.
"""

from datetime import date
from decimal import Decimal

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.remedies.errors import CodesRefused, PoolUnknown
from recalldesk.remedies.models import CodePool
from recalldesk.remedies.providers.interface import Refused, Wanted
from recalldesk.remedies.states import Stopped


def pool_for(wanted: Wanted) -> CodePool | Refused:
    """The pool that the recall names; where it names none, its only one of that worth."""
    pools = CodePool.objects.filter(recall__slug=wanted.recall).order_by("pk")
    if wanted.amount is None:
        return Refused("a gift code needs an amount")
    named = str(wanted.options.get("pool") or "")
    if named:
        pool = pools.filter(name=named).first()
        if pool is None:
            return Refused("the recall has no pool of that name")
        if (pool.value, pool.currency) != (wanted.amount, wanted.currency):
            return Refused("the pool's codes are of another worth")
    else:
        fitting = list(pools.filter(value=wanted.amount, currency=wanted.currency)[:2])
        if len(fitting) != 1:
            return Refused("no pool of that worth" if not fitting else "name one of the pools")
        pool = fitting[0]
    if pool.is_over(clock.now().date()):
        return Refused("the pool's codes have expired", Stopped.OUT_OF_STOCK)
    return pool


@transaction.atomic
def open_pool(
    *,
    recall: Recall,
    name: str,
    value: Decimal,
    currency: str,
    by: Staff,
    expires_on: date | None = None,
    low_stock: int = 0,
) -> CodePool:
    """An empty pool. Raises NotPermitted, CodesRefused where there is one of that name."""
    require(by, Permission.IMPORT_CODES)
    if CodePool.objects.filter(recall=recall, name=name).exists():
        raise CodesRefused(
            f"{recall.slug} has a pool {name} already.", "Import into it, or choose another name."
        )
    if value <= 0 or len(currency) != 3 or not currency.isascii() or not currency.isupper():
        raise CodesRefused("A pool needs a worth.", "Such as --value 30.00 --currency USD.")
    pool = CodePool.objects.create(
        recall=recall,
        name=name,
        value=value,
        currency=currency,
        expires_on=expires_on,
        low_stock=low_stock,
    )
    record_change(
        subject=Subject.CODE_POOL,
        subject_id=pool.pk,
        to_state="opened",
        actor_id=by.pk,
        recall_id=recall.pk,
    )
    return pool


def pool_named(text: str) -> CodePool:
    """The pool `RECALL/NAME`. Raises PoolUnknown."""
    slug, _, name = text.partition("/")
    pool = CodePool.objects.filter(recall__slug=slug, name=name).first()
    if pool is None:
        known = CodePool.objects.select_related("recall").order_by("recall__slug", "name")
        names = ", ".join(f"{each.recall.slug}/{each.name}" for each in known) or "none yet"
        raise PoolUnknown(
            f"There is no pool {text}.",
            f"There are: {names}. `recalldesk remedies codes new` makes one.",
        )
    return pool
