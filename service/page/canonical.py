"""One address for one article: the URL without tracking and without its variants."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

TRACKING = re.compile(
    r"^(?:utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|_hs\w+|mc_[ce]id|vero_\w+|wt[._]?\w*|at_(?:medium"
    r"|campaign|custom\w*"
    r"|link\w*|bbc_team|format|ptr_name|send_date)|ns_\w+|fb_\w+|fbclid|gclid|gclsrc|dclid"
    r"|gbraid|wbraid|gad_source"
    r"|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh|li_fat_id|epik|srsltid|xtor|ito|cmpid|cmp"
    r"|icid|icmp|ncid"
    r"|ocid|cid|smid|smtyp|partner|mkt_tok|trk\w*|__twitter_impression|usqp|amp_js_v|amp_gsa|amp_ct"
    r"|ref|ref_?src|ref_?url|referrer|source|src|feature|share|shared|sh|spm|sfnsn|sfmc_\w+"
    r"|s_kwcid|ef_id"
    r"|rss|feedtype|feedname|mod|taid|traffic_source|click_?id|cx_\w+|guccounter"
    r"|guce_referrer\w*|nr_email_referer"
    r"|phpsessid|jsessionid|sessionid|sid|_ga|_gl|\?+utm_\w+)$",
    re.I,
)
AMP_QUERY = {("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp"), ("output", "amp"),
             ("_amp", "true"), ("_amp", "1"), ("view", "amp")}  # fmt: skip
MOBILE_QUERY = {("m", "1"), ("mobile", "1"), ("mobile", "true"), ("view", "mobile"), ("s", "m")}
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
    current = url.strip()
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
        host = quote(host)
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
    """Without parameters that tell where a reader came from."""
    return keep_query(url, lambda name, value: not TRACKING.match(name))


def fold_amp(url: str) -> str:
    """AMP variants: host, path and parameter."""
    url = keep_query(url, lambda name, value: (name.lower(), value.lower()) not in AMP_QUERY)
    parts = urlsplit(url)
    host = VARIANT_HOST.sub(lambda match: "www." if match.group(1) else match.group(), parts.netloc)
    return urlunsplit(
        parts._replace(netloc=host, path=AMP_PATH.sub("", parts.path, count=1) or "/")
    )


def fold_mobile(url: str) -> str:
    """Mobile variants: host and parameter."""
    url = keep_query(url, lambda name, value: (name.lower(), value.lower()) not in MOBILE_QUERY)
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
    ("drop tracking parameters", drop_tracking),
    ("fold AMP variant", fold_amp),
    ("fold mobile variant", fold_mobile),
    ("fold print variant", fold_print),
    ("normalise encoding and order", normalise_encoding),
)
