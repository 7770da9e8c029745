"""The made-up people, how what was found among them is judged, and that the rule finds them."""

import json
from typing import Any

from benchmarks.same_person.ceiling import out_of_reach
from benchmarks.same_person.rates import RATES
from benchmarks.same_person.truth import GuardedKeys, precision_and_recall
from benchmarks.same_person.written import made
from recalldesk.matching.people import PersonRecord, cluster
from recalldesk.matching.people.review.model import settings
from recalldesk.matching.people.review.reviewing import TRAINED


def test_the_rule_finds_more_pairs_than_the_guarded_keys_and_fewer_wrong_ones() -> None:
    numbered = list(made(11, RATES, 2_000))
    person_of = {record.id: person for person, record in numbered}
    keys = GuardedKeys()
    for _, record in numbered:
        keys.add(record)

    precision, recall = precision_and_recall(
        cluster(record for _, record in numbered).members, person_of
    )
    by_keys, found_by_keys = precision_and_recall(keys.clusters(), person_of)

    assert precision.share > max(0.96, by_keys.share)
    assert recall.share > max(0.95, found_by_keys.share)


def test_made_up_people_are_the_same_from_the_same_seed() -> None:
    first, again, other = (list(made(seed, RATES, 200)) for seed in (11, 11, 12))

    assert first == again != other
    assert [record.id for _, record in first] == list(range(1, 201))


def test_pairs_are_counted_within_clusters_and_within_people() -> None:
    person_of = {1: 1, 2: 1, 3: 1, 4: 2, 5: 3}

    precision, recall = precision_and_recall([(1, 2), (3, 4)], person_of)

    assert (precision.right, precision.of) == (1, 2)
    assert (recall.right, recall.of) == (1, 3)


def test_pairs_are_out_of_reach_where_no_like_contact_connects_them() -> None:
    records = [
        PersonRecord(1, email="a@example.com"),
        PersonRecord(2, email="a@example.com", phone="+13125550101"),
        PersonRecord(3, phone="3125550101"),
        PersonRecord(4, email="b@example.com"),
        PersonRecord(5, email="b@example.com"),
    ]

    assert out_of_reach(records, {1: 7, 2: 7, 3: 7, 4: 7, 5: 8}) == (3, 6)


def test_the_weights_of_the_review_are_of_the_levels_it_has() -> None:
    trained = json.loads(TRAINED.read_text(encoding="utf-8"))
    levels = settings().create_settings_dict("duckdb")

    def rules(model: dict[str, Any]) -> list[object]:
        return [
            *(rule["blocking_rule"] for rule in model["blocking_rules_to_generate_predictions"]),
            *(
                [each["sql_condition"] for each in comparison["comparison_levels"]]
                for comparison in model["comparisons"]
            ),
        ]

    assert rules(trained) == rules(levels)
    weighed = [
        level
        for comparison in trained["comparisons"]
        for level in comparison["comparison_levels"]
        if not level.get("is_null_level")
    ]
    assert all(0 < each["m_probability"] < 1 > each["u_probability"] > 0 for each in weighed)
