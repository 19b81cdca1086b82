"""What a page declares of its article, as printed: people, subjects, a teaser, genres, pictures and
links. All of it is a claim of the page: it is carried with its place and decides nothing."""

from pydantic import Field

from service.contract.serde import Model

SUBJECTS_KEPT = 30
LINKS_KEPT = 100
PICTURES_KEPT = 50


class Person(Model):
    """An author, as the page names them."""

    name: str = Field(description="Name, as printed.")
    role: str | None = Field(default=None, description="Role, as printed: `Political editor`.")
    url: str | None = Field(default=None, description="Address of the author's own page.")
    source: str = Field(description="Where on the page the name stands: `jsonld.author`.")


class Subject(Model):
    """A section or a keyword of the page."""

    name: str = Field(description="As printed.")
    rel: str = Field(description="`section` or `keyword`.")
    source: str = Field(description="Where on the page it stands: `meta.article:section`.")


class Teaser(Model):
    """A sentence or two about the article that the page shows or declares beside the body."""

    role: str = Field(
        description="`standfirst`, if readers see it between headline and body; else `description`."
    )
    text: str = Field(description="As printed.")
    source: str = Field(description="Where on the page it stands.")


class Genre(Model):
    """A kind of text that the page declares: nothing declared is nothing said."""

    name: str = Field(description="Our word for it: `opinion`, `interview`, `live`, ...")
    text: str = Field(description="The words that declare it, as printed.")
    source: str = Field(description="Where on the page they stand.")


class Picture(Model):
    """A picture of the article: no logo, portrait of an author, or teaser of another article."""

    url: str = Field(description="Address of its largest form that the page names.")
    caption: str | None = Field(default=None, description="Caption, as printed, without credit.")
    credit: str | None = Field(default=None, description="Credit line, as printed.")
    agency: str | None = Field(
        default=None,
        description="Key of the agency that the credit names: the picture's, never the text's.",
    )
    width: int | None = Field(default=None, description="Pixels, where declared.")
    height: int | None = Field(default=None, description="Pixels, where declared.")
    lead: bool = Field(default=False, description="True for the picture that the page leads with.")


class BodyLink(Model):
    """A link out of the body."""

    url: str = Field(description="Absolute address, as the page gives it.")
    text: str = Field(description="The words that are linked, as printed.")
    canonical: str | None = Field(
        default=None,
        description="Of a link to another site: the address in its canonical form (without"
        " tracking parameters), if that is another.",
    )
