"""The lines that sites put around a text, in many languages."""

import re

from service.page.paragraph import count_words, fold_words


def whole(*alternatives: str) -> re.Pattern[str]:
    """A pattern for a whole line that is one of these, whatever stands around the words."""
    return re.compile(rf"^\W*(?:{'|'.join(alternatives)})\W*$", re.I)


FURNITURE = whole(
    r"source (?:link|article)",
    r"read (?:the )?(?:full|original) (?:article|story)(?: here)?",
    r"leave a (?:reply|comment)|post a comment|comments?(?: \d+)?|\d+ comments?",
    r"advertisement|anzeige|werbung|publicidad|publicité|pubblicità|publicidade|reklama?",
    r"реклама|annonse?|advertentie",
    r"(?:(?:article|story) )?continues (?:after|below)(?: (?:the |this )?ad(?:vertisement)?)?",
    r"scroll to continue(?: with content)?",
    r"sign up(?: now| here)?|subscribe(?: now)?|log ?in|share|print|teilen|drucken",
    r"click here to (?:read|view|see|subscribe|sign up).{0,60}",
    r"loading|skip to (?:main )?content",
    r"(?:tags?|filed under|topics):?(?: [\w&-]+,?){0,12}",
    r"(?:previous|next) (?:post|article)",
)
TAIL = whole(
    r"leave a (?:reply|comment)(?: .{0,60})?|post a comment|cancel reply",
    r"source link",
    r"related (?:posts|articles|stories|news|content)",
    r"you (?:may|might) also (?:like|enjoy)|recommended for you",
    r"your email address will not be published.{0,80}",
    r"schreibe(?:n sie)? einen kommentar.{0,60}",
    r"deja (?:un comentario|una respuesta).{0,60}|laisser un commentaire.{0,60}",
)
PREFIXED = re.compile(
    r"^\W*(?:read (?:also|more|next)|also read|see also|related|lesen sie auch|mehr zum thema"
    r"|(?:à )?lire aussi|lee también|leggi anche|leia (?:também|mais)|lees ook|læs også|les også"
    r"|läs också|czytaj (?:też|także)|čtěte také|читайте также)\b\s*[:：–-]",
    re.I,
)
SHARE_WORDS = {
    "share", "tweet", "facebook", "twitter", "x", "whatsapp", "email", "e", "mail", "print", "link",
    "linkedin", "pinterest", "reddit", "telegram", "on", "this", "via", "copy", "pin", "it", "us",
    "messenger", "flipboard", "pocket", "tumblr", "vk", "bluesky", "threads", "teilen", "compartir",
    "partager", "condividi", "article", "save", "bookmark", "comments", "viber", "google", "line",
    "instagram", "youtube", "follow", "xing", "drucken", "mastodon",
}  # fmt: skip
SHARE_SMALL_WORDS = {"x", "it", "us", "on", "this", "e", "via", "line"}
SEPARATOR = re.compile(r"\s+[/|]\s+|\s*[»›>→▸]\s*|\s+[•·:]{1,2}\s+")
START = re.compile(
    r"^\W*(?:home|you are here|startseite|start|inicio|accueil|início|hem|hjem|strona główna"
    r"|главная|首页|ホーム)\b",
    re.I,
)


def is_share_bar(text: str) -> bool:
    """Whether a line holds nothing but the names of ways to share it."""
    words = set(fold_words(text).split())
    return 0 < len(words) <= 15 and words <= SHARE_WORDS and not words <= SHARE_SMALL_WORDS


def is_breadcrumb(text: str, title: str) -> bool:
    """Whether a line is the path to the page: short parts, parted by signs, that begin at the
    front page or end in the title."""
    parts = [part for part in SEPARATOR.split(text) if part]
    if len(parts) < 2:
        return False
    ends_in_title = bool(title) and fold_words(parts[-1]) == fold_words(title)
    short = all(count_words(part) <= 5 for part in parts[:-1])
    return short and (ends_in_title or (START.match(text) is not None and len(text) <= 250))
