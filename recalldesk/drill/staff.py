"""The made-up staff of a sandbox, whose passwords nobody knows."""

from dataclasses import dataclass

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.demo.firm import demo_staff

AT = "@drill.example"


@dataclass(frozen=True)
class DrillStaff:
    """Who writes, who approves, who reviews, and who gives second opinions."""

    author: Staff
    approver: Staff
    reviewers: tuple[Staff, ...]
    senior: Staff


def drill_staff(reviewers: int) -> DrillStaff:
    """All of them."""
    return DrillStaff(
        author=demo_staff(f"author{AT}", "Drill author"),
        approver=demo_staff(f"approver{AT}", "Drill approver"),
        reviewers=tuple(
            demo_staff(f"reviewer-{number}{AT}", f"Drill reviewer {number}", Role.REVIEWER)
            for number in range(1, reviewers + 1)
        ),
        senior=demo_staff(f"senior{AT}", "Drill senior reviewer", Role.SENIOR_REVIEWER),
    )
