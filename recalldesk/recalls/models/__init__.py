"""The rows of recalls, by what they are about."""

from recalldesk.recalls.models.overrides import NoticeOverride, Override
from recalldesk.recalls.models.recall import Recall, state_of
from recalldesk.recalls.models.unfinished_file import UnfinishedFile
from recalldesk.recalls.models.version import Contribution, RecallVersion
from recalldesk.recalls.models.version_request import VersionRequest

__all__ = [
    "Contribution",
    "NoticeOverride",
    "Override",
    "Recall",
    "RecallVersion",
    "UnfinishedFile",
    "VersionRequest",
    "state_of",
]
