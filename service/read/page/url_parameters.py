"""The parameters of an address: which identify the article, and which only the visit."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

TRACKING = re.compile(
    r"^(?:utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|_hs\w+|mc_[ce]id|vero_\w+|wt[._]\w+"
    r"|at_(?:medium|campaign|custom\w*|link\w*|bbc_team|format|ptr_name|send_date)|ns_\w+|fb_\w+"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|gad_source|msclkid|yclid|ysclid|twclid|ttclid"
    r"|igshid|igsh|li_fat_id|epik|srsltid|xtor|ito|cmpid|icid|icmp|ncid|ocid|smid|smtyp|mkt_tok"
    r"|__twitter_impression|usqp|amp_js_v|amp_gsa|amp_ct|ref_?src|ref_?url|referrer|spm|sfmc_\w+"
    r"|s_kwcid|ef_id|feedtype|feedname|traffic_source|click_?id|guccounter|guce_referrer\w*"
    r"|nr_email_referer|_ga|_gl|replytocom|\?+utm_\w+)$",
    re.I,
)
# Ids of a visitor's session: PHP, Java, ASP, ColdFusion, osCommerce and its kin.
SESSION = re.compile(
    r"^(?:php_?sess_?id|jsessionid|sess(?:ion)?_?id|aspsessionid\w*|asp\.net_sessionid"
    r"|cfid|cftoken|(?:os|xt)csid|zenid)$",
    re.I,
)
# Parameters that are tracking on some sites and the article's number on others.
AMBIGUOUS = re.compile(
    r"^(?:cid|sid|src|source|ref|mod|feature|shared?|sh|partner|rss|cmp|taid|trk\w*|cx_\w+|sfnsn)$",
    re.I,
)
NUMBER = re.compile(r"[a-z]{0,3}\d{1,12}", re.I)  # an article's number; session ids are longer
NAMES_NUMBER = re.compile(r"\w*id|p|article|story|news", re.I)
# A last path segment that identifies an article: four digits, three words, or 20 characters.
TELLING = re.compile(r"\d{4}|[^-_][-_]++[^-_]++[-_]++[^-_]|.{20}")
ENDING = re.compile(r"\.[a-z]{2,5}$", re.I)
SESSION_PATH = re.compile(r";(?:jsessionid|sid|phpsessid|cfid|cftoken)=[^/?#;]*", re.I)
# ASP.NET without cookies: `/(S(lit3py55t21z5v55vlm25s55))/story.aspx`, also `(X(1)S(...))` and the
# bare form of its first version.
SESSION_SEGMENT = re.compile(r"/\((?:(?:[AFSX]\([\w-]*\))+|[a-z0-9]{24})\)(?=/|$)")
ESCAPED_AMPERSAND = re.compile(r"(^|&)(?:amp;)+", re.I)


def unescape_ampersands(url: str) -> str:
    """Replace `&amp;` between parameters, which a crawler has copied from HTML as it is."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=ESCAPED_AMPERSAND.sub(r"\1", parts.query)))


def drop_session(url: str) -> str:
    """Drop session ids from path and parameters."""
    url = keep_query(url, lambda name, value: not SESSION.match(name))
    parts = urlsplit(url)
    path = SESSION_SEGMENT.sub("", SESSION_PATH.sub("", parts.path)) or "/"
    return urlunsplit(parts._replace(path=path))


def drop_tracking(url: str) -> str:
    """Drop tracking parameters.

    A parameter whose name also has other uses (`cid`, `source`) is kept if it may identify the
    article: its value is a number, and nothing else in the URL identifies the article.
    """
    identified = identifies_article(url)
    return keep_query(
        url,
        lambda name, value: (
            not (
                TRACKING.match(name)
                or (AMBIGUOUS.match(name) and (identified or not NUMBER.fullmatch(value)))
            )
        ),
    )


def identifies_article(url: str) -> bool:
    """True if the last path segment or a non-tracking parameter identifies the article."""
    last = ENDING.sub("", unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2])
    return TELLING.search(last) is not None or identifying_parameters(url)


def identifying_parameters(url: str) -> bool:
    """True if a non-tracking parameter identifies the article: `?id=7`."""
    return any(
        value and NAMES_NUMBER.fullmatch(name) and not is_tracking(name)
        for name, value in parse_qsl(urlsplit(url).query)
    )


def is_tracking(name: str) -> bool:
    """True if a parameter's name is used for tracking, exclusively or among other uses, or for
    sessions."""
    return any(kind.match(name) for kind in (TRACKING, SESSION, AMBIGUOUS))


def keep_query(url: str, keep: Callable[[str, str], bool]) -> str:
    """Return the URL with only the parameters that `keep` accepts, spelled as before."""
    parts = urlsplit(url)
    if not parts.query:
        return url
    kept = []
    for part in parts.query.split("&"):
        pairs = parse_qsl(part, keep_blank_values=True)
        if not pairs or keep(*pairs[0]):
            kept.append(part)
    return urlunsplit(parts._replace(query="&".join(kept)))
