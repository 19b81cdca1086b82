"""The topics by their part in the pipeline; a deployment may prefix their names."""

from enum import StrEnum


class Topic(StrEnum):
    """Every topic that copydesk reads or writes."""

    RAW = "pages.raw"
    EXTRACTED = "articles.extracted"
    ARTICLES = "articles"
    STORIES = "stories"
    REJECTED = "pages.rejected"
    FAILED = "pages.failed"
    FOLD_STATE = "fold.state"
