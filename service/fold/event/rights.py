"""The properties of an event about the use of the text: what the page declares, as printed."""

from service.contract.article import Article, Notice, NoticeKind
from service.contract.ninjs import RightsInfo
from service.contract.rights import TDM_POLICY, TERMS
from service.fold.event.addresses import as_uri


def rights_info_of(article: Article) -> RightsInfo | None:
    """Return the address of the licence, else that of the policy for text and data mining."""
    rights = article.rights
    if rights is None:
        return None
    policies = (
        word.value
        for word in rights.words
        if word.word == TDM_POLICY and (word.value or "").startswith(("http://", "https://"))
    )
    address = rights.license or next(policies, None)
    return None if address is None else RightsInfo(linked_rights=as_uri(address))


def rights_notice(article: Article) -> Notice | None:
    """Return the first notice of rights in or beside the text, if there is one."""
    return next((one for one in article.notices if one.kind is NoticeKind.RIGHTS), None)


def usage_terms_of(article: Article) -> str | None:
    """Return the terms in the first notice of rights, if there is one; else those that the page
    declares."""
    notice = rights_notice(article)
    if notice is not None:
        return notice.usage_terms
    words = article.rights.words if article.rights else ()
    return next((word.value for word in words if word.word == TERMS and word.value), None)
