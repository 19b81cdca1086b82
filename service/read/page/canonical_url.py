"""One URL for one article: without tracking parameters, sessions and variants."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from service.contract.domain import registrable_domain
from service.read.page.amp_cache import unwrap_amp_cache
from service.read.page.url_parameters import (
    drop_session,
    drop_tracking,
    identifies_article,
    keep_query,
    unescape_ampersands,
)
from service.read.page.url_parsing import add_scheme, parse_url

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
VARIANT_HOST = re.compile(r"^(?:amp|m|mobile|mobil|wap|touch|3g)\.(?=[^.]+\.[^.]+)")
UNRESERVED = "-._~"
MOST_ROUNDS = 20  # variants inside variants; real addresses need three
PATH_SAFE = "/" + UNRESERVED + "!$&'()*+,;=:@"


@dataclass(frozen=True, slots=True)
class Step:
    """One rule that changed the URL, and the URL after it."""

    rule: str
    url: str


def canonicalize(url: str, base: str | None = None) -> tuple[str, tuple[Step, ...]]:
    """Return the canonical URL and the steps that led to it.

    Differences that do not make another article are normalised: scheme, letter case of the host,
    tracking and session parameters, the fragment, order of parameters, AMP, mobile and print
    variants, percent-encoding. The case of the path, `www.` and a trailing slash are kept: FOLD
    knows an article under all spellings in these (see `service.contract.address_spelling`).

    Args:
        base: address that a relative `url` is resolved against.

    Raises:
        ValueError: `url` is not a web URL, or hides its host (see `parse_url`).
    """
    steps: list[Step] = []

    def follow(rule: str, before: str, after: str) -> str:
        if after != before:
            steps.append(Step(rule, after))
        return after

    url = url.strip()
    current = follow("add scheme", url, add_scheme(url)) if base is None else url
    current = follow("normalise scheme and host", current, parse_url(current, base))
    before = ""
    for _ in range(MOST_ROUNDS):  # what one rule removes may expose work for another
        if current == before:
            break
        before = current
        for rule, apply in RULES:
            current = follow(rule, current, apply(current))
    return current, tuple(steps)


def drop_fragment(url: str) -> str:
    """Drop the fragment, unless it is a route (`#!`)."""
    base, separator, fragment = url.partition("#")
    return url if fragment.startswith("!") or not separator else base


def drop_amp_variant(url: str) -> str:
    """Remove AMP variants: host, path and parameter."""
    url = keep_query(url, lambda name, value: (name.lower(), value.lower()) not in AMP_QUERY)
    parts = urlsplit(url)
    host = without_variant_prefix(parts.netloc) if parts.netloc.startswith("amp.") else parts.netloc
    return urlunsplit(
        parts._replace(netloc=host, path=AMP_PATH.sub("", parts.path, count=1) or "/")
    )


def drop_mobile_variant(url: str) -> str:
    """Remove mobile variants: host and parameter; `m=1` only if it cannot be an article number."""
    variants = MOBILE_QUERY | {MOBILE_OR_NUMBER} if identifies_article(url) else MOBILE_QUERY
    url = keep_query(url, lambda name, value: (name.lower(), value.lower()) not in variants)
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=without_variant_prefix(parts.netloc)))


def without_variant_prefix(host: str) -> str:
    """Replace a prefix such as `m.` by `www.`, unless it is part of the registrable domain: the
    users `m` and `mobile` of a host that anyone can register at are two."""
    if VARIANT_HOST.match(host) is None:
        return host
    name = host.partition(":")[0]
    return host if registrable_domain(name) == name else VARIANT_HOST.sub("www.", host)


def drop_print_variant(url: str) -> str:
    """Remove print variants: path and parameter."""
    url = keep_query(url, lambda name, value: (name.lower(), value.lower()) not in PRINT_QUERY)
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=PRINT_PATH.sub("", parts.path, count=1) or "/"))


def normalise_encoding(url: str) -> str:
    """Use one spelling of percent-encoding in the path, and sort the parameters."""
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


RULES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("unwrap AMP cache", unwrap_amp_cache),
    ("drop fragment", drop_fragment),
    ("unescape ampersands", unescape_ampersands),
    ("drop session id", drop_session),
    ("fold AMP variant", drop_amp_variant),
    ("fold print variant", drop_print_variant),
    ("fold mobile variant", drop_mobile_variant),
    ("drop tracking parameters", drop_tracking),
    ("normalise encoding and order", normalise_encoding),
)
