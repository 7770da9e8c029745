"""`python -m recalldesk`, the same as the `recalldesk` command."""

from recalldesk.cli.main import run

if __name__ == "__main__":
    run()
