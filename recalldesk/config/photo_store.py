"""Where photos are kept: a private folder, two, or a bucket of an S3, by the settings alone."""

from pathlib import Path
from typing import Any

from recalldesk.config.environment import Environment

KEPT_IN_MEMORY = 1024 * 1024
"""Bytes of a file being read from S3; the rest waits in a temporary file, sealed as it is."""


def photo_store(environment: Environment, folder: Path) -> dict[str, Any]:
    """The entry `photos` of Django's STORAGES."""
    copies = environment.photo_copy_folder
    if not environment.s3_bucket and copies is not None:
        backend = "recalldesk.evidence.copied_folder.CopiedFolder"
        return {"BACKEND": backend, "OPTIONS": {"location": folder, "copies": copies.absolute()}}
    if not environment.s3_bucket:
        backend = "recalldesk.evidence.private_folder.PrivateFolder"
        return {"BACKEND": backend, "OPTIONS": {"location": folder}}
    return {
        "BACKEND": "recalldesk.evidence.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": environment.s3_bucket,
            "endpoint_url": environment.s3_endpoint or None,
            "region_name": environment.s3_region or None,
            "max_memory_size": KEPT_IN_MEMORY,
        },
    }
