"""`make chaos`: one run, its seed, and a line of figures. The exit code is 1 where it found fault.

`python -m chaos [--seed N] [--claims N] [--kills N] [--keep]`
"""

import argparse
import random
import shutil
import sys

from chaos.plan import Sizes
from chaos.run import run
from chaos.saying import line_of, reasons
from tests.programs import data_folder


def main() -> int:
    """Runs it; its exit code."""
    given = _arguments()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(1_000_000)
    sizes = Sizes(
        claims=given.claims, kills=given.kills, share=given.share, settles_within=given.settle
    )
    print(f"seed {seed}: the same again by `make chaos SEED={seed}`", flush=True)
    with data_folder() as home:
        folder = home.parent
        ran = run(folder, seed, sizes, lambda text: print(f"  {text}", flush=True))
        for reason in reasons(ran):
            print(reason)
        if not ran.is_good and given.keep:
            kept = f"{given.keep}/{seed}"
            shutil.copytree(folder, kept, symlinks=True, ignore=shutil.ignore_patterns(".s.*"))
            print(f"kept in {kept}")
    print(line_of(ran))
    return 0 if ran.is_good else 1


def _arguments() -> argparse.Namespace:
    whole = Sizes()
    parser = argparse.ArgumentParser(prog="python -m chaos")
    parser.add_argument("--seed", type=int, help="Of the plan; drawn where it is not given.")
    parser.add_argument("--claims", type=int, default=whole.claims)
    parser.add_argument("--kills", type=int, default=whole.kills)
    parser.add_argument("--share", type=float, default=whole.share, help="Of requests that fail.")
    parser.add_argument("--settle", type=float, default=whole.settles_within, help="Seconds.")
    parser.add_argument("--keep", default="", help="A folder for what is left of a bad run.")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
