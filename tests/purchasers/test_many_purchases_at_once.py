"""What a statement does to thousands of purchases takes no time for each pair of them."""

import pytest
from django.db import connection

from recalldesk.purchasers.models import Purchase
from tests.purchasers.shops import Shops, Sold

MANY = 8_000
NOT_COPIED = {"id", "line_digest"}


@pytest.mark.django_db
def test_what_thousands_are_told_that_no_sum_is_of_takes_moments(shops: Shops) -> None:
    shops.took(Sold("1001"))
    columns = [each.column for each in Purchase._meta.fields if each.column not in NOT_COPIED]
    listed = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO purchasers_purchase ({listed}, line_digest) SELECT {listed},"
            " sha256(convert_to(each::text, 'UTF8')) FROM purchasers_purchase,"
            f" generate_series(1, {MANY}) each"
        )
        cursor.execute("SET LOCAL statement_timeout = '6s'")
        cursor.execute("UPDATE purchasers_purchase SET price = 27, currency = 'USD'")
        cursor.execute("SET LOCAL statement_timeout = 0")
    assert Purchase.objects.filter(currency="USD").count() == MANY + 1
