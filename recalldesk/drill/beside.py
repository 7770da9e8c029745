"""A command of the product beside a drill: `python -m recalldesk.drill.beside serve …`.

It ends with its standard input; else it is the command itself.
"""

import runpy
import sys

from recalldesk.drill.life import end_with_standard_input

if __name__ == "__main__":
    end_with_standard_input()
    sys.argv = ["recalldesk", *sys.argv[1:]]
    runpy.run_module("recalldesk", run_name="__main__", alter_sys=True)
