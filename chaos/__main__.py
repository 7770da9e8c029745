"""`make chaos`: one run, its seed, and a line of figures. The exit code is 1 where it found fault.

`python -m chaos [--seed N] [--claims N] [--kills N] [--share S] [--settle SECONDS] [--keep FOLDER]`
"""

import argparse
import random
import shutil
import signal
import sys
from pathlib import Path

from chaos.plan import Sizes
from chaos.run import RunFailedError, run
from chaos.saying import line_of, reasons
from tests.programs import data_folder

SOCKETS = shutil.ignore_patterns(".s.*")


def main() -> int:
    """Runs it; its exit code."""
    given = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what it started ends with it
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(1_000_000)
    sizes = Sizes(given.claims, given.kills, given.share, given.settle)
    print(f"seed {seed}: the same plan again by `make chaos SEED={seed}`", flush=True)
    with data_folder() as home:
        is_good, said = _run(home.parent, seed, sizes)
        if not is_good and given.keep:
            kept = Path(given.keep) / str(seed)
            shutil.copytree(home.parent, kept, symlinks=True, ignore=SOCKETS)
            print(f"kept in {kept}")
    print(said)
    return 0 if is_good else 1


def _run(folder: Path, seed: int, sizes: Sizes) -> tuple[bool, str]:
    """Whether it was good, and its line."""
    try:
        ran = run(folder, seed, sizes, lambda text: print(f"  {text}", flush=True))
    except RunFailedError as error:
        return False, f"chaos FAILED, seed {seed}: {error}"
    for reason in reasons(ran):
        print(reason)
    return ran.is_good, line_of(ran)


def _arguments() -> argparse.Namespace:
    whole = Sizes()
    parser = argparse.ArgumentParser(prog="python -m chaos")
    parser.add_argument("--seed", type=int, help="Of the plan; drawn where it is not given.")
    parser.add_argument("--claims", type=int, default=whole.claims)
    parser.add_argument("--kills", type=int, default=whole.kills)
    parser.add_argument("--share", type=float, default=whole.share, help="Of requests that fail.")
    parser.add_argument(
        "--settle", type=float, default=whole.settles_within, help="Seconds, after the last kill."
    )
    parser.add_argument("--keep", default="", help="A folder for what is left of a bad run.")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
