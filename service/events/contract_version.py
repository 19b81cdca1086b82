"""The version of the values on our topics, and how a record states it.

It grows only when a reader of the older version would misread. New properties that may be absent do
not count: readers ignore what they do not know.
"""

import re

CONTRACT_VERSION = 1

EXTRACTED_SCHEMA = "copydesk-schema"
"""Header on `articles.extracted`, between READ and FOLD; events have `ce_dataschema`."""

_VERSION = re.compile(rb"urn:copydesk:schema:[a-z-]+:(\d{1,9})")


class NewerContract(ValueError):
    """A record was written by a later version: this one would misread it."""


def schema_id(name: str, version: int = CONTRACT_VERSION) -> str:
    """The `$id` of a schema in `service/events/contract/`."""
    return f"urn:copydesk:schema:{name}:{version}"


def check_contract(stated: bytes | None) -> None:
    """Make sure that this version can read a record that states its schema; none is the first.

    Raises:
        NewerContract: it is of a later version.
    """
    found = _VERSION.fullmatch(stated or b"")
    if found and int(found[1]) > CONTRACT_VERSION:
        raise NewerContract(
            f"a record of version {int(found[1])} was written by a later copydesk; this one reads"
            f" up to {CONTRACT_VERSION}: bring every worker to that later version"
        )
