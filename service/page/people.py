"""Authors: people, as they sign. Agencies, desks and sites are not among them."""

import re
from collections.abc import Iterable, Sequence

from service.events.article import Credit
from service.page.facts import Facts
from service.page.paragraph import fold_words, squeeze
from service.page.site_name import names_site

PREFIX = re.compile(
    r"^(?:written by|posted by|reported by|story by|by|von|par|por|da|di|door|av|af|przez"
    r"|autor(?:a|es|zy|in)?|author|text|texte|texto|testo"
    r"|автор|текст|文|記者|记者)\b\s*:?\s+"
    r"|^[(（]?(?:автор|текст|作者|記者|记者|文|撰文|责编|责任编辑|tác giả|penulis"
    r"|yazar)\s*[:：/]\s*",
    re.I,
)
PARTED = re.compile(
    r"\s*(?:[,;|/&、，·]|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\boch\b|\bog\b|\bи\b|\bve\b"
    r"|\bi\b)\s+|[;|、，]"
)
NOT_NAMES = re.compile(r"[\d:/@©|]|—|\.\.\.")
NOT_PEOPLE = re.compile(
    r"https?:|www\.|@|\d{3}|\.(?:com|de|net|org|co|fr|it|es|tr|ru|at|ch|be|nl)\b"
    r"|\b(?:news|press|presse|prensa|agenc(?:y|ies|ia|e)|agentur|agenzia|ajans[ıi]?|agentschap"
    r"|nachrichten|redaktion|redaction|rédaction|redacción|redacao|redação"
    r"|redazione|redactie|redakcja|redakce|editorial|editors?|staff|team|desk|bureau|service"
    r"|network|media|magazine|newspaper|zeitung"
    r"|times|post|herald|tribune|gazette|journal|guardian|telegraph|reporters?|correspondents?"
    r"|writers?|contributors?|online|digital|admin|administrator"
    r"|webdesk|associates|company|inc|ltd|gmbh|llc|foundation|university|institute|department"
    r"|ministry|council|wire|wires|tv|radio|fm"
    r"|reuters|afp|dpa|apa|ansa|efe|tass|upi|kna|epd|sid|ots|ap|pa|ani|pti|ians|aap|tt|ntb"
    r"|belga|anp|stt|ritzau|pap|čtk|ctk|mti|lusa|europa press"
    r"|xinhua|yonhap|kyodo|jiji|anadolu|interfax|bloomberg|cnn|bbc|keystone|sda|ats|lapresse"
    r"|adnkronos|agi)\b"
    r"|редакция|агентство|agentur|redaktion|新闻|新聞|编辑|編集|通信|記者会|社$|网$|オンライン|デジタル",
    re.I,
)
ORGANISATIONS = {"organization", "newsmediaorganization", "corporation", "ngo"}
MOST = 15
LONGEST_NAME = 60


def name_authors(
    facts: Facts, credits: Sequence[Credit], site_name: str | None, host: str
) -> tuple[str, ...]:
    """The people who wrote a page: by JSON-LD, else by meta elements, else by a visible byline.

    Of visible bylines the first with a name written out counts, those that begin with "By" or the
    like before others; what else stands in it is the place ("By A B, Lille").
    """
    given = facts.people("author") or facts.people("creator")
    named = [person.name for person in given if person.kind not in ORGANISATIONS]
    metas = [credit.text for credit in credits if credit.where == "meta.author"]
    for names in (named, metas):
        if people := name_people(names, site_name, host):
            return people
    bylines = [credit.text for credit in credits if credit.where == "byline"]
    bylines.sort(key=lambda text: PREFIX.match(text) is None)
    for text in bylines:
        if people := tuple(filter(is_full_name, name_people([text], site_name, host))):
            return people
    return ()


def is_full_name(name: str) -> bool:
    """Whether a name is written out: two words that begin with a capital, or a script without."""
    if not name.isascii() and name.lower() == name.upper():
        return True
    return name[0].isupper() and sum(word[0].isupper() for word in name.split()) >= 2


def name_people(
    names: Iterable[str], site_name: str | None = None, host: str = ""
) -> tuple[str, ...]:
    """The people among these names, each once, in order.

    A name that holds several (`A and B`, `A, dpa`) is parted; what is not a person's name is
    left out (see `is_person`).
    """
    people: dict[str, str] = {}
    for name in names:
        for part in PARTED.split(PREFIX.sub("", squeeze(name))):
            person = PREFIX.sub("", part).strip(" .,:;-–|()*")
            if is_person(person, site_name, host):
                people.setdefault(fold_words(person), person)
    return tuple(people.values())[:MOST]


def is_person(name: str, site_name: str | None = None, host: str = "") -> bool:
    """Whether a name can be a person's: letters, few words, no digits, no word of an organisation,
    and not the site's own name."""
    folded = fold_words(name)
    if not 2 <= len(folded) <= LONGEST_NAME or len(folded.split()) > 6:
        return False
    if not any(map(str.isalpha, name)) or NOT_NAMES.search(name) or NOT_PEOPLE.search(name):
        return False
    return not names_site(name, site_name, host)
