"""The file store in a bucket of an S3 (Amazon's, or one that speaks like it).

Guarantees: an S3 that does not answer is given up on within a minute; nothing is asked of a bucket
but to put, get, list and delete objects, and no object is made public.
"""

from contextlib import closing
from datetime import datetime
from http import HTTPStatus
from typing import Any

from botocore.config import Config
from botocore.exceptions import ClientError
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

PATIENCE = Config(
    connect_timeout=5,
    read_timeout=20,
    retries={"mode": "standard", "max_attempts": 2},
    signature_version="s3v4",
    # Checksums beside the signature are not understood by every S3; the seal notices any change.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class Bucket(S3Storage):  # type: ignore[misc]  # it comes without types
    """django-storages' backend. A name that is there already is the same file again."""

    def __init__(self, **options: Any) -> None:
        path_style = {"addressing_style": "path"} if options.get("endpoint_url") else {}
        super().__init__(
            client_config=PATIENCE.merge(Config(s3=path_style)),
            file_overwrite=True,
            default_acl=None,
            **options,
        )

    def start(self, name: str, size: int) -> bytes:
        """The first bytes of a file, without the rest. Raises FileNotFoundError."""
        found = self.bucket.Object(self._normalize_name(clean_name(name)))
        try:
            body = found.get(Range=f"bytes=0-{size - 1}")["Body"]
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchKey":
                raise FileNotFoundError(name) from error
            if error.response["Error"]["Code"] == "InvalidRange":  # it has no bytes
                return b""
            raise
        with closing(body):
            start: bytes = body.read(size)  # a store that knows no ranges sends all of it
        return start

    def get_modified_time(self, name: str) -> datetime:
        """As every storage: of a file that is not there, FileNotFoundError."""
        try:
            at: datetime = super().get_modified_time(name)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == HTTPStatus.NOT_FOUND:
                raise FileNotFoundError(name) from error
            raise
        return at
