"""What a version of an article says that the version before it did not."""

from pydantic import Field

from service.contract.serde import Model

SENTENCES_SHOWN = 20
WORDS_SHOWN = 20


class Changes(Model):
    """Changes of one version against the one before, by sentences.

    A sentence of which a word was changed is one added and one removed. White space, punctuation
    and capitals are no change, nor are lines that are no sentences: headings, captions, pointers to
    other articles.
    """

    against: str = Field(
        description="Uri of what it is compared with: the article itself, whose version before it"
        " was; or, for an update or a correction at another address, its `parent`."
    )
    headline_before: str | None = Field(
        default=None, description="Headline of the version before, if it was another."
    )
    added: int | None = Field(
        default=None,
        description="Number of sentences that were added; absent if that is not known: one of the"
        " two has more than about 130 sentences, or was read by an earlier copydesk.",
    )
    removed: int | None = Field(
        default=None,
        description="Number of sentences that were removed; absent likewise. Their text is not"
        " kept.",
    )
    sentences: tuple[str, ...] = Field(
        default=(),
        description=f"The first added sentences, as printed; at most {SENTENCES_SHOWN}.",
    )
    numbers_added: tuple[str, ...] = Field(
        default=(),
        description="Numbers in added sentences that stood nowhere in the version before, as"
        f" printed; at most {WORDS_SHOWN}.",
    )
    numbers_removed: int = Field(
        default=0,
        description="How many numbers of the version before stand nowhere in this one, if a"
        " sentence was removed.",
    )
    names_added: tuple[str, ...] = Field(
        default=(),
        description="Names in added sentences that stood nowhere in the version before, as printed;"
        f" at most {WORDS_SHOWN}. None in languages that do not mark names, as Chinese.",
    )
    names_removed: int = Field(
        default=0,
        description="How many words of names of the version before stand nowhere in this one, if a"
        " sentence was removed.",
    )
    correction: str | None = Field(
        default=None,
        description="The words in which the page tells of a correction, if they are new or that is"
        " not known.",
    )
