"""One address for one article: the URL without tracking and without its variants."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

TRACKING = re.compile(
    r"^(?:utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|_hs\w+|mc_[ce]id|vero_\w+|wt[._]\w+"
    r"|at_(?:medium|campaign|custom\w*|link\w*|bbc_team|format|ptr_name|send_date)|ns_\w+|fb_\w+"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|gad_source|msclkid|yclid|ysclid|twclid|ttclid"
    r"|igshid|igsh|li_fat_id|epik|srsltid|xtor|ito|cmpid|icid|icmp|ncid|ocid|smid|smtyp|mkt_tok"
    r"|__twitter_impression|usqp|amp_js_v|amp_gsa|amp_ct|ref_?src|ref_?url|referrer|spm|sfmc_\w+"
    r"|s_kwcid|ef_id|feedtype|feedname|traffic_source|click_?id|guccounter|guce_referrer\w*"
    r"|nr_email_referer|phpsessid|jsessionid|sessionid|_ga|_gl|\?+utm_\w+)$",
    re.I,
)
# Names for tracking on some sites, and for the number of the article on others.
AMBIGUOUS = re.compile(
    r"^(?:cid|sid|src|source|ref|mod|feature|shared?|sh|partner|rss|cmp|taid|trk\w*|cx_\w+|sfnsn)$",
    re.I,
)
NUMBER = re.compile(r"[a-z]{0,3}\d{1,12}", re.I)  # an article's; session ids are longer
NAMES_NUMBER = re.compile(r"\w*id|p|article|story|news", re.I)
# A last part of a path that tells an article from others: a number, three words, or long.
TELLING = re.compile(r"\d{4}|[^-_]+[-_]+[^-_]+[-_]+[^-_]|.{20}")
ENDING = re.compile(r"\.[a-z]{2,5}$", re.I)
AMP_QUERY = {("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp"), ("output", "amp"),
             ("_amp", "true"), ("_amp", "1"), ("view", "amp")}  # fmt: skip
MOBILE_QUERY = {("mobile", "1"), ("mobile", "true"), ("view", "mobile"), ("s", "m")}
MOBILE_OR_NUMBER = ("m", "1")
PRINT_QUERY = {
    ("print", ""), ("print", "1"), ("print", "true"), ("print", "yes"), ("printable", "true"),
    ("printable", "1"), ("view", "print"), ("mode", "print"), ("format", "print"),
    ("printer", "1"), ("pagewanted", "print"), ("version", "print"), ("action", "print"),
}  # fmt: skip
AMP_PATH = re.compile(
    r"/amp(?=/?$)|(?<=[^/])\.amp(?=(?:\.html?)?$)|^/amp(?=/[^/]+/?)|(?<=[^/])[-_]amp(?=\.html?$)"
)
PRINT_PATH = re.compile(
    r"/(?:print|printview|printer-friendly|printable)(?=/?$)|^/(?:print|printview)(?=/[^/]+)"
    r"|(?<=[^/])[._-]print(?=\.html?$)"
)
SESSION_PATH = re.compile(r";(?:jsessionid|sid|phpsessid)=[^/?#]*", re.I)
VARIANT_HOST = re.compile(r"^(?:(amp)|(?:m|mobile|mobil|wap|touch|3g))\.(?=[^.]+\.[^.]+)")
AMP_CACHE = re.compile(
    r"^https?://(?:[^/]+\.cdn\.ampproject\.org/[a-z]/(s/)?"
    r"|(?:www\.)?google\.[a-z.]+/amp/(s/)?)(.+)$",
    re.I,
)
UNRESERVED = "-._~"
SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:(?!\d+(?:/|$))", re.I)  # not host:port
PATH_SAFE = "/" + UNRESERVED + "!$&'()*+,;=:@"


@dataclass(frozen=True, slots=True)
class Step:
    """One rule that changed the address, and the address after it."""

    rule: str
    url: str


def canonicalize(url: str) -> tuple[str, tuple[Step, ...]]:
    """The canonical address and the steps that led to it.

    Folded are differences that do not make another article: scheme, letter case of the host,
    tracking and session parameters, the fragment, order of parameters, AMP, mobile and print
    variants, percent-encoding. The case of the path is kept, and so are `www.` and a slash at
    the end.

    Raises:
        ValueError: this is no web address.
    """
    steps: list[Step] = []
    before, current = "", url.strip()
    while current != before:  # what one rule takes away may uncover work for another
        before = current
        for rule, apply in RULES:
            changed = apply(current)
            if changed != current:
                steps.append(Step(rule, changed))
                current = changed
    if not urlsplit(current).hostname:
        raise ValueError(f"no web address: {url[:200]!r}")
    return current, tuple(steps)


def add_scheme(url: str) -> str:
    """`//host/path` and `host/path` begin with https."""
    if url.startswith("//"):
        return "https:" + url
    return url if SCHEME.match(url) else "https://" + url


def unwrap_amp_cache(url: str) -> str:
    """The publisher's address inside that of an AMP cache."""
    match = AMP_CACHE.match(url)
    return f"https://{match.group(3)}" if match else url


def normalise_host(url: str) -> str:
    """https; host in lower case and ASCII, without user, default port and final dot."""
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https"):
        raise ValueError(f"not http: {url[:200]!r}")
    host = (parts.hostname or "").rstrip(".")
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        # `%` stays: what was quoted once must not be quoted again in the next round.
        host = quote(host, safe="%")
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    return urlunsplit(("https", host + port, parts.path or "/", parts.query, parts.fragment))


def drop_fragment(url: str) -> str:
    """Without `#...`, unless it is a route (`#!`)."""
    base, mark, fragment = url.partition("#")
    return url if fragment.startswith("!") or not mark else base


def drop_session(url: str) -> str:
    """Without session ids in the path."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=SESSION_PATH.sub("", parts.path)))


def drop_tracking(url: str) -> str:
    """Without parameters that tell where a reader came from.

    A parameter whose name has other uses (`cid`, `source`) stays where it may be all that tells
    the article: its value is a number, and nothing else in the address could be the article's.
    """
    told = tells_article(url)
    return keep_query(
        url,
        lambda name, value: (
            not (
                TRACKING.match(name)
                or (AMBIGUOUS.match(name) and (told or not NUMBER.fullmatch(value)))
            )
        ),
    )


def tells_article(url: str) -> bool:
    """Whether the path's last part, or a parameter that is no tracking, tells the article."""
    parts = urlsplit(url)
    last = ENDING.sub("", unquote(parts.path).rstrip("/").rpartition("/")[2])
    return TELLING.search(last) is not None or any(
        value and NAMES_NUMBER.fullmatch(name) and not is_tracking(name)
        for name, value in parse_qsl(parts.query)
    )


def is_tracking(name: str) -> bool:
    """Whether a parameter's name is used for tracking, if not only."""
    return TRACKING.match(name) is not None or AMBIGUOUS.match(name) is not None


def fold_amp(url: str) -> str:
    """AMP variants: host, path and parameter."""
    url = keep_query(url, lambda name, value: (name.lower(), value.lower()) not in AMP_QUERY)
    parts = urlsplit(url)
    host = VARIANT_HOST.sub(lambda match: "www." if match.group(1) else match.group(), parts.netloc)
    return urlunsplit(
        parts._replace(netloc=host, path=AMP_PATH.sub("", parts.path, count=1) or "/")
    )


def fold_mobile(url: str) -> str:
    """Mobile variants: host and parameter; `m=1` only where it cannot be an article's number."""
    variants = MOBILE_QUERY | {MOBILE_OR_NUMBER} if tells_article(url) else MOBILE_QUERY
    url = keep_query(url, lambda name, value: (name.lower(), value.lower()) not in variants)
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=VARIANT_HOST.sub("www.", parts.netloc)))


def fold_print(url: str) -> str:
    """Print variants: path and parameter."""
    url = keep_query(url, lambda name, value: (name.lower(), value.lower()) not in PRINT_QUERY)
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=PRINT_PATH.sub("", parts.path, count=1) or "/"))


def normalise_encoding(url: str) -> str:
    """One spelling of percent-encoding in the path; parameters in order of their names."""
    parts = urlsplit(url)
    path = "/".join(
        quote(
            unquote(part, errors="surrogateescape"),
            PATH_SAFE.replace("/", ""),
            errors="surrogateescape",
        )
        for part in parts.path.split("/")
    )
    query = "&".join(sorted(part for part in parts.query.split("&") if part))
    return urlunsplit(parts._replace(path=path, query=query))


def keep_query(url: str, keep: Callable[[str, str], bool]) -> str:
    """The address with only those parameters that `keep` accepts, as they were written."""
    parts = urlsplit(url)
    if not parts.query:
        return url
    kept = []
    for part in parts.query.split("&"):
        pairs = parse_qsl(part, keep_blank_values=True)
        if not pairs or keep(*pairs[0]):
            kept.append(part)
    return urlunsplit(parts._replace(query="&".join(kept)))


RULES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("add scheme", add_scheme),
    ("unwrap AMP cache", unwrap_amp_cache),
    ("normalise scheme and host", normalise_host),
    ("drop fragment", drop_fragment),
    ("drop session id", drop_session),
    ("fold AMP variant", fold_amp),
    ("fold print variant", fold_print),
    ("fold mobile variant", fold_mobile),
    ("drop tracking parameters", drop_tracking),
    ("normalise encoding and order", normalise_encoding),
)
