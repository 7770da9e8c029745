"""Which pool a remedy's code is taken from.

Guarantee: a code is of the very worth that the order asks for, and can still be spent.
"""

from recalldesk.foundation import clock
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
