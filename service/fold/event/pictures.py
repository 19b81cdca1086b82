"""The pictures of an event, by their addresses."""

from service.contract.article import Article
from service.contract.declared import Picture
from service.contract.ninjs import Association, Description, InfoSource, Rendition
from service.fold.event.addresses import as_uri
from service.fold.event.sources import info_source

LEAD = "lead-image"


def associations_of(article: Article) -> tuple[Association, ...]:
    """Return the pictures of an article, the leading one first."""
    if not article.pictures:
        return () if article.lead_image is None else (_lead(article.lead_image),)
    return tuple(
        _association(picture, LEAD if picture.lead else "picture") for picture in article.pictures
    )


def _lead(url: str) -> Association:
    return Association(name=LEAD, type="picture", uri=as_uri(url))


def _association(picture: Picture, name: str) -> Association:
    caption, credited = picture.caption, picture.agency
    sources: tuple[InfoSource, ...] = () if credited is None else (info_source(credited),)
    has_size = picture.width is not None or picture.height is not None
    rendition = Rendition(href=as_uri(picture.url), width=picture.width, height=picture.height)
    return Association(
        name=name,
        type="picture",
        uri=as_uri(picture.url),
        by=picture.credit,
        descriptions=(Description(role="caption", value=caption),) if caption else (),
        info_sources=sources,
        renditions=(rendition,) if has_size else (),
    )
