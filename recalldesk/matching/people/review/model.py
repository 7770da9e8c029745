"""How the review compares two records: the levels, without the weights that training gives them.

Guarantee: pairs of one cluster are not compared.
"""

from typing import Any

BLOCKS = (
    "l.email = r.email",
    "l.phone = r.phone",
    "l.house = r.house and l.family = r.family",
    "l.flat = r.flat and l.initial = r.initial",
    "l.place = r.place and l.family = r.family and l.given = r.given",
)
"""Which pairs are looked at."""


def settings(*, with_levels: bool = False) -> Any:
    """The settings of Splink, untrained. `with_levels`: each pair says the level it reached."""
    from splink import SettingsCreator

    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_given(), _family(), _email(), _phone(), _address()],
        blocking_rules_to_generate_predictions=[
            {"blocking_rule": f"{rule} and l.cluster <> r.cluster", "sql_dialect": "duckdb"}
            for rule in BLOCKS
        ],
        retain_matching_columns=with_levels,
        retain_intermediate_calculation_columns=False,
        linker_uid="same-person",
    )


def _given() -> Any:
    return _comparison(
        "given",
        "given_l is null or given_r is null",
        ("the same", "given_l = given_r"),
        ("a slip", "jaro_winkler_similarity(given_l, given_r) >= 0.9"),
        ("the same initial", "initial_l = initial_r"),
    )


def _family() -> Any:
    return _comparison(
        "family",
        "family_l is null or family_r is null",
        ("the same", "family_l = family_r"),
        ("a slip", "damerau_levenshtein(family_l, family_r) <= 2"),
    )


def _email() -> Any:
    return _comparison(
        "email",
        "email_l is null or email_r is null",
        ("the same", "email_l = email_r"),
        ("one name at another host", "email_name_l = email_name_r"),
        ("a slip", "damerau_levenshtein(email_name_l, email_name_r) <= 1"),
        ("alike", "jaro_winkler_similarity(email_name_l, email_name_r) >= 0.88"),
    )


def _phone() -> Any:
    return _comparison(
        "phone",
        "phone_l is null or phone_r is null",
        ("the same", "phone_l = phone_r"),
        ("a slip", "damerau_levenshtein(phone_l, phone_r) <= 1"),
    )


def _address() -> Any:
    return _comparison(
        "house",
        "house_l is null or house_r is null",
        ("the same flat", "flat_l = flat_r"),
        ("the same house", "house_l = house_r"),
        ("a slip", "damerau_levenshtein(house_l, house_r) <= 2"),
        ("the same place", "place_l = place_r"),
    )


def _comparison(name: str, unsaid: str, *levels: tuple[str, str]) -> Any:
    """The levels from the best, each with its words; the last is whatever is left."""
    from splink.comparison_level_library import CustomLevel, ElseLevel
    from splink.comparison_library import CustomComparison

    return CustomComparison(
        output_column_name=name,
        comparison_levels=[
            CustomLevel(unsaid, label_for_charts="not said").configure(is_null_level=True),
            *(CustomLevel(rule, label_for_charts=label) for label, rule in levels),
            ElseLevel(),
        ],
    )
