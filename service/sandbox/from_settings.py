"""The sandbox as the settings describe it: READ's options, and the pool of child processes."""

import functools
from collections.abc import Callable
from dataclasses import replace

from service.read.envelopes import BodyRefs
from service.read.page import Limits
from service.read.stage import ReadOptions, refuse_reference
from service.sandbox.body_fetch import read_body
from service.sandbox.pool import Sandbox
from service.sandbox.publisher_file import PublisherFile, load_publishers
from service.settings import Settings


def open_sandbox(
    settings: Settings,
    on_read: Callable[[float], None] | None = None,
    newest: int | None = None,
) -> Sandbox:
    """A pool with the limits that are set; it starts a child when a page needs one, unless warm.

    Args:
        on_read: called with the seconds that READ took, for each page that was read.
        newest: see `ReadOptions`.

    Raises:
        BadPublishers: the table of publishers cannot be used.
    """
    options = replace(_without_publishers(settings), newest=newest)
    renewed: Callable[[], ReadOptions | None] | None = None
    if settings.publishers is not None:
        file = PublisherFile(settings.publishers)
        options = replace(options, publishers=file.table)

        def renewed() -> ReadOptions | None:
            return replace(options, publishers=file.table) if file.has_changed() else None

    return Sandbox(
        options,
        children=settings.extractors,
        page_seconds=settings.page_seconds,
        page_wall_seconds=settings.page_wall,
        page_memory=settings.page_memory,
        pages_per_child=settings.pages_per_child,
        on_read=on_read,
        renewed=renewed,
    )


def read_options(settings: Settings) -> ReadOptions:
    """Return READ's options for the child processes, from the settings.

    Raises:
        BadPublishers: the table of publishers cannot be used.
    """
    options = _without_publishers(settings)
    if settings.publishers is None:
        return options
    return replace(options, publishers=load_publishers(settings.publishers))


def _without_publishers(settings: Settings) -> ReadOptions:
    refs = BodyRefs(settings.body_ref_prefixes)
    limits = Limits(
        raw_bytes=settings.page_raw_bytes,
        decoded_bytes=settings.page_decoded_bytes,
        tag_attributes=settings.page_tag_attributes,
        tag_bytes=settings.page_tag_bytes,
        nodes=settings.page_nodes,
        min_words=settings.page_min_words,
        rights=settings.rights_policy,
        text_bytes=settings.page_text_bytes,
    )
    fetch = functools.partial(read_body, allowed=refs, largest=limits.raw_bytes)
    return ReadOptions(
        limits=limits,
        adapters=settings.adapters,
        body_refs=refs,
        fetch_body=fetch if settings.body_ref_prefixes else refuse_reference,
        shards=settings.shards,
        concepts=settings.links,
    )
