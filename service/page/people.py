"""Authors: people, as they sign. Agencies, desks and sites are not among them."""

import re
from collections.abc import Iterable, Sequence

from service.events.article import Credit
from service.page.facts import Facts
from service.page.line_marks import LABEL
from service.page.paragraph import fold_words, squeeze
from service.page.site_name import names_site

PREFIX = re.compile(
    r"^(?:(?:written|posted|reported|created|(?:additional )?reporting|story|words|analysis|opinion"
    r"|review|interview) by"
    r"|by|von|par|por|da|di|door|av|af|przez"
    r"|(?:erstellt|verfasst|geschrieben|veröffentlicht|eine? \w+) von|escribe|escrito por|écrit par"
    r"|interview|autor(?:a|es|zy|in)?|auteurs?|author|text|texte|texto|testo"
    r"|автор|текст|文|記者|记者)\b\s*(?::\s*|\s+)"
    r"|^[(（]?(?:автор|текст|作者|記者|记者|文|撰文|责编|责任编辑|tác giả|penulis"
    r"|yazar)\s*[:：/]\s*",
    re.I,
)
GLUED = re.compile(r"^(?:By|Von|Par|Por)(?=[A-Z][\w.]* ?[A-Z])")  # "ByAda Quist"
PARTED = re.compile(
    r"\s*(?:[,;|/&、，·]|\b(?i:and|und|et)\b|\(?\b(?:avec|with|mit|im Gespräch mit)\b"
    r"|\by\b|\be\b|\ben\b|\boch\b|\bog\b|\bи\b|\bve\b"
    r"|\bi\b)\s+|\s[-–—]\s|[;|、，]|(?<=[a-zà-ÿ])/(?=\w)"
)
# What stands beside a name: where to write to, when it was written, for whom.
ADDRESS = re.compile(r"(?<!\S)[(<\[]?(?:@\w+|[\w.+-]+@[\w-]+\.[\w.-]+|https?://[^\s)>\]]+)[)>\]]?")
TIME = re.compile(
    r"[\s,|•·–—-]+(?:(?:on|am|le|el|den|at|um|à|alle)\s+)*"
    r"(?:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|mo|di|mi|do|fr|sa|so"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b[\s,.]*)?"
    r"(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*[\s.]*)?\d.*$",
    re.I,
)
CLIENT = re.compile(r"\s+(?:[Ff]or|FOR|in)\s+(?:[Tt]he\s+|THE\s+)?[A-ZÀ-Þ].*$")
RUN_TOGETHER = re.compile(r"[a-zà-ÿ]{3}[A-Z]")
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
    r"|adnkronos|agi|agenturen|agencies|agencias"
    r"|stiftung|verein|verband|anstalt|landesanstalt|institut|gesellschaft|magazin|organi[sz]ation"
    r"|the|of|für|pour|para|über|no author|null|unknown|anonymous|unbekannt"
    r"|webmaster|webteam|benutzer|username"
    # what links and notes beside a byline say
    r"|lesezeit|artikel\w*|articles?|articoli|profile?|empfehlungen|contributed|sagt|says|schreibt"
    r"|comments?|kommentare?|sign (?:in|up)|log in|subscribe|edit(?:ed|ing))\b"
    r"|^(?:zur|zum|mehr|more|alle?|view|read|lesen|reading|follow|share)\b"
    r"|редакция|агентство|agentur|redaktion|新闻|新聞|编辑|編集|通信|記者会|社$|网$|オンライン|デジタル",
    re.I,
)
PARTICLES = {
    "von", "van", "vom", "zu", "zur", "zum", "der", "den", "de", "del", "della", "di", "da", "do",
    "dos", "das", "du", "des", "la", "le", "el", "al", "bin", "ibn", "ben", "ter", "ten", "af",
    "av", "y", "e", "i", "och", "og", "d'", "t'",
}  # fmt: skip
NOISE = re.compile(r"[\d@]")
ORGANISATIONS = {"organization", "newsmediaorganization", "corporation", "ngo"}
MOST = 15
LONGEST_NAME = 60
LONGEST_TEXT = 2_000  # characters of a list of names


def name_authors(
    facts: Facts, credits: Sequence[Credit], site_name: str | None, host: str
) -> tuple[str, ...]:
    """The people who wrote a page: by JSON-LD, else by meta elements, else by a visible byline.

    Of visible bylines the first with a name written out counts, those that begin with "By" or the
    like before others, and those without times and addresses; what else stands in it is the place
    ("By A B, Lille"). They also count where the data name accounts only ("aquist").

    The same people on 92 of the 101 training pages that name some, and on 174 of 213 news pages of
    trafilatura's public comparison (before: 90 and 164; all its pages: 366 and 342 of 552). Did
    not pay: meta elements where they name more than JSON-LD does (90 and 169; the rest is the
    publisher, or an account).
    """
    persons = facts.people("author") or facts.people("creator")
    named = [person.name for person in persons if person.kind not in ORGANISATIONS]
    metas = [credit.text for credit in credits if credit.where == "meta.author"]
    given = [name_people(names, site_name, host) for names in (named, metas)]
    for people in given:
        if people and not all(map(is_user, people)):
            return people
    bylines = [credit.text for credit in credits if credit.where == "byline"]
    bylines.sort(key=lambda text: (PREFIX.match(text) is None, NOISE.search(text) is not None))
    for text in bylines:
        if people := tuple(filter(is_full_name, name_people([text], site_name, host))):
            return people
    return next(filter(None, given), ())


def is_full_name(name: str) -> bool:
    """Whether a name is written out: two words that begin with a capital and, besides particles, no
    other word; or a script without capitals."""
    if not name.isascii() and name.lower() == name.upper():
        return True
    words = [word for word in name.split() if word not in PARTICLES]
    return len(words) >= 2 and name[0].isupper() and not any(map(begins_small, words))


def begins_small(word: str) -> bool:
    """Whether a word's first letter is a small one."""
    return next((char.islower() for char in word if char.isalpha()), False)


def name_people(
    names: Iterable[str], site_name: str | None = None, host: str = ""
) -> tuple[str, ...]:
    """The people among these names, each once, in order.

    A name that holds several (`A and B`, `A, dpa`) is parted; what is not a person's name is
    left out (see `is_person`).
    """
    people: dict[str, str] = {}
    for name in names:
        for person in part_names(name, site_name, host):
            people.setdefault(fold_words(person), person)
    return tuple(people.values())[:MOST]


def part_names(text: str, site_name: str | None, host: str) -> list[str]:
    """The people that one text names. A single word beside other names, or beside what is no
    person, is a place or a department ("A B, Lille"; "Courier, Lille")."""
    text = TIME.sub("", ADDRESS.sub("", squeeze(text[:LONGEST_TEXT])))
    parts = [
        CLIENT.sub("", PREFIX.sub("", part)).strip(" .,:;-–|()*'")
        for part in PARTED.split(GLUED.sub("", PREFIX.sub("", text)))
    ]
    parts = [part for part in parts if part]
    people = [part for part in parts if is_person(part, site_name, host)]
    if len(people) < len(parts) or not all(map(is_word, people)):
        people = [person for person in people if not is_word(person)]
    return people


def is_user(name: str) -> bool:
    """Whether a name is that of an account: one word in small letters."""
    return is_word(name) and name.islower()


def is_word(name: str) -> bool:
    """Whether a name is a single word, in a script that parts words and has capitals."""
    return " " not in name and name.lower() != name.upper()


def is_person(name: str, site_name: str | None = None, host: str = "") -> bool:
    """Whether a name can be a person's: letters, few words, no digits, no word of an organisation,
    and not the site's own name."""
    folded = fold_words(name)
    if not 2 <= len(folded) <= LONGEST_NAME or len(folded.split()) > 6:
        return False
    if RUN_TOGETHER.search(name) or LABEL.search(name):
        return False
    if not any(map(str.isalpha, name)) or NOT_NAMES.search(name) or NOT_PEOPLE.search(name):
        return False
    return not names_site(name, site_name, host)
