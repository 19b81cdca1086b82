"""The parts of an event that ninjs 3.1 defines (IPTC, https://iptc.org/standards/ninjs/)."""

from typing import Final, Literal

from pydantic import Field

from service.contract.cloud_event import schema_id
from service.contract.serde import CamelModel

NINJS_VERSION: Final = "3.1"
EXTENSION = "article-ninjs"
"""Name of the schema that extends IPTC's by the object `copydesk`."""


class Standard(CamelModel):
    """The standard that the outer properties follow."""

    name: Literal["ninjs"] = Field(default="ninjs", description="Name of the standard.")
    version: Literal["3.1"] = Field(
        default=NINJS_VERSION, description="Version of the standard whose schema the event fits."
    )
    schema_uri: str = Field(
        default=schema_id(EXTENSION),
        alias="schema",
        description="`$id` of the schema that the whole event fits: IPTC's, extended by `copydesk`."
        " Absent in events of version 0.1.0.",
    )


class Headline(CamelModel):
    """A headline of the page."""

    role: str = Field(
        default="main",
        description="`main` for the first, which is the one that the reader saw. For others where"
        " on the page it is: `declared` (structured data), `social` (OpenGraph), `page` (the"
        " `title` element).",
    )
    content_type: str = Field(default="text/plain", description="Media type of `value`.")
    value: str = Field(description="The headline as plain text.")


class Body(CamelModel):
    """The text of the article."""

    role: str = Field(default="main", description="Always `main`.")
    content_type: str = Field(default="text/plain", description="Media type of `value`.")
    char_count: int = Field(description="Length of `value`. Unit: Unicode characters.")
    word_count: int = Field(
        description="Length of `value` in runs without white space. Unit: words. A text of a script"
        " without spaces has few."
    )
    value: str = Field(
        description="The text without boilerplate; paragraphs are separated by a blank line."
    )


class InfoSource(CamelModel):
    """An agency that supplied a text or a picture, as the page credits it."""

    role: str = Field(description="`originfo`: the source of the content.")
    name: str = Field(description="Name of the agency.")
    literal: str = Field(description="Our key of the agency.")


class Description(CamelModel):
    """A text about the article, or about a picture of it."""

    role: str = Field(description="`standfirst`, `description`, or `caption` of a picture.")
    content_type: str = Field(default="text/plain", description="Media type of `value`.")
    value: str = Field(description="As printed.")


class PersonOf(CamelModel):
    """An author."""

    name: str = Field(description="Name, as printed.")
    rel: str = Field(default="author", description="Always `author`.")
    uri: str | None = Field(
        default=None,
        description="Address of the author's page. Absent if the page names none.",
    )


class SubjectOf(CamelModel):
    """A section or keyword, as printed."""

    name: str = Field(description="As printed.")
    rel: str = Field(description="`section` or `keyword`.")


class GenreOf(CamelModel):
    """A kind of text that the page declares."""

    name: str = Field(description="The words that declare it, as printed.")
    uri: str | None = Field(
        default=None, description="IPTC's genre. Absent if IPTC has none for it."
    )
    literal: str = Field(description="Our word for it: `opinion`, `interview`, ...")


class AlternativeId(CamelModel):
    """An identifier of the wire story, as the page carries it: a claim."""

    role: str = Field(description="Agency and form: `dpa.number`.")
    value: str = Field(description="The identifier, in one spelling.")


class RightsInfo(CamelModel):
    """Where rights are described."""

    linked_rights: str | None = Field(
        default=None, description="Address of the licence. Absent if the page names none."
    )


class Rendition(CamelModel):
    """A form of a picture."""

    name: str = Field(default="largest", description="Always `largest`.")
    href: str = Field(description="Address of the picture.")
    width: int | None = Field(
        default=None, description="Declared width. Unit: pixels. Absent if none is declared."
    )
    height: int | None = Field(
        default=None, description="Declared height. Unit: pixels. Absent if none is declared."
    )


class Association(CamelModel):
    """A picture of the article, given by its address."""

    name: str = Field(description="`lead-image` for the first, `picture` for others.")
    type: str = Field(description="Always `picture`.")
    uri: str = Field(description="Address of the picture.")
    by: str | None = Field(default=None, description="Credit, as printed. Absent if there is none.")
    descriptions: tuple[Description, ...] = Field(default=(), description="Its caption.")
    info_sources: tuple[InfoSource, ...] = Field(
        default=(), description="The agency that the credit names: the picture's, not the text's."
    )
    renditions: tuple[Rendition, ...] = Field(
        default=(), description="The picture with its size, where one is declared."
    )
