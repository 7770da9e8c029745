"""How much is measured: in full for RESULTS.md, or just enough to see that every part runs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Counts are for each world (a way of numbering), except `errors`, which are shared by all.

    `watched` are seconds.
    """

    units: int = 1_158_000
    many: int = 10_000_000
    rounds: int = 3
    errors: int = 1_000_000
    two_slips: int = 20_000
    out_of_reach: int = 40_000
    made: int = 400_000
    batch: int = 5_000
    asked: int = 20_000
    guesses: int = 200_000
    known_ones: int = 200
    walks: int = 1_000
    requests: int = 6_400
    serials: int = 20_000_000
    recalls: int = 200
    pages: int = 480
    audits: int = 5
    changing: int = 100_000
    changes: int = 3
    watched: float = 32.0
    kills: int = 200
    claimed: int = 20_000
    uploads: int = 2_000
    largest_side: int = 7_300
    fingerprints: int = 1_000_000
    planted: int = 512
    labels: int = 140
    looked: int = 300
    honest: int = 100
    marked: int = 200
    marked_otherwise: int = 30
    other_codes: int = 10_000
    log_rows: int = 200_000
    queued: int = 1_000_000
    queue_asked: int = 200
    summed_few: int = 10_000
    summed: int = 1_000_000
    summed_asked: int = 15
    summed_written: int = 200
    keyed: int = 1_000_000
    key_looks: int = 200
    placed: int = 3_000
    taken_over: int = 10_000
    erased_few: int = 250
    feed: int = 10_000
    sites: int = 100_000
    site_looks: int = 400
    buyers: int = 20_000
    buyer_seeds: tuple[int, ...] = (70_001, 70_002, 70_003)
    people: int = 1_000_000
    people_seeds: tuple[int, ...] = (5801, 5802)
    people_reviewed: int = 200_000
    order_lines: int = 50_000_000
    told: int = 100_000
    reported: int = 1_000_000
    told_kills: int = 50
    year_claims: int = 50_000
    year_rings: int = 6
    year_both: int = 1_000
    year_seeds: tuple[int, ...] = (90210, 31337)


FULL = Sizes()
TINY = Sizes(
    units=120,
    many=200,
    rounds=1,
    errors=100,
    two_slips=20,
    out_of_reach=20,
    made=120,
    batch=30,
    asked=20,
    guesses=20,
    known_ones=2,
    walks=4,
    requests=40,
    serials=300,
    recalls=5,
    pages=16,
    audits=1,
    changing=100,
    changes=1,
    watched=2.0,
    kills=8,
    claimed=400,
    uploads=60,
    largest_side=400,
    fingerprints=500,
    planted=32,
    labels=2,
    looked=2,
    honest=2,
    marked=2,
    marked_otherwise=1,
    other_codes=20,
    log_rows=400,
    queued=1_500,
    queue_asked=3,
    summed_few=600,
    summed=1_500,
    summed_asked=2,
    summed_written=8,
    keyed=2_000,
    key_looks=5,
    placed=40,
    taken_over=100,
    erased_few=20,
    feed=60,
    sites=1_500,
    site_looks=5,
    buyers=300,
    buyer_seeds=(70_001,),
    people=400,
    people_seeds=(5801,),
    people_reviewed=300,
    order_lines=400,
    told=200,
    reported=2_000,
    told_kills=1,
    year_claims=600,
    year_rings=1,
    year_both=40,
    year_seeds=(1,),
)
