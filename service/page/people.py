"""Authors: people, as they sign. Agencies, desks and sites are not among them."""

import re
from collections.abc import Iterable

from service.events.article import Credit
from service.page.facts import Facts
from service.page.paragraph import fold_words, squeeze

PREFIX = re.compile(
    r"^(?:written by|posted by|reported by|story by|by|von|par|por|da|di|door|av|af|przez"
    r"|autor(?:a|es|zy|in)?|author|text|texte|texto|testo"
    r"|автор|текст|文|記者|记者)\b\s*:?\s+|^(?:автор|текст|作者|記者|记者|文|撰文)\s*[:：/]\s*",
    re.I,
)
PARTED = re.compile(
    r"\s*(?:[,;|/&、，·]|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\boch\b|\bog\b|\bи\b|\bve\b"
    r"|\bi\b)\s+|[;|、，]"
)
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
    r"|редакция|агентство|新闻|新聞|编辑|編集|通信|記者会|社$|网$|オンライン|デジタル",
    re.I,
)
ORGANISATIONS = {"organization", "newsmediaorganization", "corporation", "ngo"}
MOST = 15
LONGEST_NAME = 60


def name_authors(facts: Facts, credits: Iterable[Credit], site_name: str | None) -> tuple[str, ...]:
    """The people who wrote a page: by JSON-LD, else by meta elements, else by a visible byline."""
    given = facts.people("author") or facts.people("creator")
    named = [person.name for person in given if person.kind not in ORGANISATIONS]
    by_place: dict[str, list[str]] = {}
    for credit in credits:
        by_place.setdefault(credit.where, []).append(credit.text)
    for names in (named, by_place.get("meta.author", []), by_place.get("byline", [])[:1]):
        if people := name_people(names, site_name):
            return people
    return ()


def name_people(names: Iterable[str], site_name: str | None) -> tuple[str, ...]:
    """The people among these names, each once, in order.

    A name that holds several (`A and B`, `A, dpa`) is parted; what is not a person's name is
    left out (see `is_person`).
    """
    people: dict[str, str] = {}
    for name in names:
        for part in PARTED.split(PREFIX.sub("", squeeze(name))):
            person = PREFIX.sub("", part).strip(" .,:;-–|()*")
            if is_person(person, site_name):
                people.setdefault(fold_words(person), person)
    return tuple(people.values())[:MOST]


def is_person(name: str, site_name: str | None) -> bool:
    """Whether a name can be a person's: some letters, few words, no word of an organisation,
    and not the site's own."""
    folded = fold_words(name)
    if not 2 <= len(folded) <= LONGEST_NAME or len(folded.split()) > 6:
        return False
    if not any(char.isalpha() for char in folded) or NOT_PEOPLE.search(name):
        return False
    return not site_name or folded.replace(" ", "") != fold_words(site_name).replace(" ", "")
