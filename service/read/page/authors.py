"""Authors of a page: people only, without agencies, desks and sites."""

import re
from collections.abc import Iterable, Sequence

from service.contract.article import Credit
from service.read.attribution.names import name_of
from service.read.page.line_kinds import LABEL
from service.read.page.name_lists import FIRST_NAMES, is_persons_name
from service.read.page.name_order import names_in_unspaced, put_given_first
from service.read.page.paragraph import normalise_words, squeeze
from service.read.page.site import is_site, names_site
from service.read.page.structured_data import Facts

PREFIX = re.compile(
    r"^(?:(?:written|posted|reported|created|(?:additional )?reporting|story|words|analysis|opinion"
    r"|review|interview) by"
    r"|by|von|par|por|da|di|door|av|af|przez"
    r"|(?:erstellt|verfasst|geschrieben|veröffentlicht|eine? \w+) von|escribe|escrito por|écrit par"
    r"|interview|autor(?:a|es|zy|in)?|auteurs?|author|text|texte|texto|testo"
    r"|автор|текст|文|記者|记者)\b\s*(?:[:●]\s*|\s+)"
    r"|^[(（]?(?:автор|текст|作者|記者|记者|文|撰文|责编|责任编辑|tác giả|penulis"
    r"|yazar)\s*[:：/]\s*",
    re.I,
)
GLUED = re.compile(r"^(?:By|Von|Par|Por)(?=[A-Z][\w.]* ?[A-Z])")  # "ByAda Quist"
PARTED = re.compile(
    r"(?:(?<!\s)\s++)?(?:[,;|/&、，·]|\b(?i:and|und|et)\b|\(?\b(?:avec|with|mit|im Gespräch mit)\b"
    r"|\by\b|\be\b|\ben\b|\boch\b|\bog\b|\bи\b|\bve\b"
    r"|\bi\b)\s++|\s[-–—]\s|[;|、，／]|(?<=[a-zà-ÿ])/(?=\w)"
)
MARKUP = re.compile(r"<[a-zA-Z/][^<>]{0,300}>")
# After a name: a place, a role, an employer. The closing bracket may be cut off.
BRACKETS = re.compile(
    r"(?<=[\w.])\s?[(（\[](?!avec|with|mit|im |et |and |und )[^()（）\[\]]{0,80}(?:[)）\]]|$)"
)
# Removed from beside a name: addresses, times, and whom the text was written for.
ADDRESS = re.compile(r"(?<!\S)[(<\[]?(?:@\w+|[\w.+-]+@[\w-]+\.[\w.-]+|https?://[^\s)>\]]+)[)>\]]?")
TIME = re.compile(
    r"(?<![\s,|•·–—-])[\s,|•·–—-]++(?:(?:on|am|le|el|den|at|um|à|alle)\s++){0,4}+"
    r"(?:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|mo|di|mi|do|fr|sa|so"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b[\s,.]*+)?"
    r"(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*+[\s.]*+)?\d(?s:.*)",
    re.I,
)
CLIENT = re.compile(r"(?<!\s)\s++(?:[Ff]or|FOR|in)\s++(?:[Tt]he\s++|THE\s++)?[A-ZÀ-Þ](?s:.*)")
INNER_CAPITAL = re.compile(r"[a-zà-ÿ]{3}[A-Z]")
NOT_NAMES = re.compile(r"[\d:/@©|。？！；]|—|\.\.\.")
NOT_PEOPLE = re.compile(
    r"https?:|www\.|@|\d{3}|\.(?:com|de|net|org|co|fr|it|es|tr|ru|at|ch|be|nl)\b"
    r"|condé nast|hearst|gannett"
    r"|\b(?:news|press|presse|prensa|ag[eèê]nc(?:y|ies|ias?|es?)|agentur|agenzia|ajans[ıi]?|agentschap"
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
    # texts of links and notes beside a byline
    r"|lesezeit|artikel\w*|articles?|articoli|profile?|empfehlungen|contributed|sagt|says|schreibt"
    r"|e-?mail|bio|comments?|kommentare?|sign (?:in|up)|log in|subscribe|edit(?:ed|ing))\b"
    r"|^(?:zur|zum|mehr|more|alle?|view|read|lesen|reading|follow|share)\b"
    r"|редакция|агентство|agentur|redaktion|新闻|新聞|编辑|編集|通信|記者会|社$|网$|オンライン|デジタル",
    re.I,
)
EDITOR = re.compile(r"^\W{0,2}(?:责任?编辑?|責任?編輯?|编辑|編輯)\s?[:：/]")
# Endings of Chinese names of organisations, and the least length of a name that is none.
CHINESE_ORGANISATION = re.compile(
    r"(?:网络|網絡|集团|集團|期刊|杂志|雜誌|出版社?|公司|中心|频道|頻道|编辑部|論壇|论坛|[日晚早时時快]报|[日晚早]報"
    r"|研究[院所]|大学|大學|委员会|办公室|政府|协会)$|^[\u3400-\u9fff]{6,}$"
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
LONGEST_TEXT = 2_000  # characters of a list of names that are read


def name_authors(
    facts: Facts, credits: Sequence[Credit], site_name: str | None, host: str
) -> tuple[str, ...]:
    """Return the people who wrote a page: from JSON-LD, else meta elements, else a visible byline.

    Visible bylines that begin with "By" or the like are tried first, then those without times and
    addresses. The first with a full name is used; anything else in it is a place ("By A B,
    Lille"). Bylines are also tried if the metadata has only account names ("aquist").

    Agrees with the labels on 92 of the 101 training pages that name authors, and on 174 of 213
    news pages of trafilatura's public comparison (before: 90 and 164; on all its pages: 366 of 552,
    before 342). Did not pay: meta elements where they name more people than JSON-LD (90 and 169;
    the others are the publisher or an account).
    """
    persons = facts.people("author") or facts.people("creator")
    named = [person.name for person in persons if person.kind not in ORGANISATIONS]
    metas = [put_given_first(credit.text) for credit in credits if credit.where == "meta.author"]
    given = [name_people(names, site_name, host) for names in (named, metas)]
    for people in given:
        if people and not all(map(is_user, people)):
            return people
    bylines = [credit.text for credit in credits if credit.where == "byline"]
    bylines.sort(key=rank_byline)
    for text in bylines:
        if people := tuple(filter(is_full_name, name_people([text], site_name, host))):
            return people
    return next(filter(None, given), ())


def rank_byline(text: str) -> tuple[bool, bool, bool]:
    """Return the rank of a byline: those of editors last, before them those without "By" or the
    like, then those with times and addresses."""
    return (
        EDITOR.match(text) is not None,
        PREFIX.match(text) is None,
        NOISE.search(text) is not None,
    )


def is_full_name(name: str) -> bool:
    """Whether a name is a full name: it begins with a capital and has at least two words besides
    particles, none of which begins with a small letter; or its script has no capitals."""
    if not name.isascii() and name.lower() == name.upper():
        return True
    words = [word for word in name.split() if word not in PARTICLES]
    return len(words) >= 2 and name[0].isupper() and not any(map(begins_small, words))


def begins_small(word: str) -> bool:
    """Whether a word's first letter is lower-case."""
    return next((char.islower() for char in word if char.isalpha()), False)


def name_people(
    names: Iterable[str], site_name: str | None = None, host: str = ""
) -> tuple[str, ...]:
    """Return the people among these names, each once, in order, at most MOST.

    A text with several names (`A and B`, `A, dpa`) is split; names that are not a person's are
    left out (see `is_person`).
    """
    people: dict[str, str] = {}
    for name in names:
        for person in part_names(name, site_name, host):
            people.setdefault(normalise_words(person), person)
    return tuple(people.values())[:MOST]


def part_names(text: str, site_name: str | None, host: str) -> list[str]:
    """Return the people that one text names. A single word beside full names, or beside a name that
    is not a person's, is dropped as a place or department ("A B, Lille"; "Courier, Lille")."""
    text = TIME.sub("", ADDRESS.sub("", MARKUP.sub("", squeeze(text[:LONGEST_TEXT]))))
    if people := names_in_unspaced(text):
        return [name for name in people if is_person(name, site_name, host)]
    text = BRACKETS.sub(" ", text)
    parts = [
        CLIENT.sub("", PREFIX.sub("", part)).strip(" .,:;-–|()*'[]【】")
        for part in PARTED.split(GLUED.sub("", PREFIX.sub("", text)))
    ]
    parts = [part for part in parts if part]
    people = [part for part in parts if is_person(part, site_name, host)]
    if len(people) < len(parts) or not all(map(is_word, people)):
        people = [person for person in people if not is_word(person)]
    return people


def is_user(name: str) -> bool:
    """Whether a name is an account name: one word in lower case."""
    return is_word(name) and name.islower()


def is_word(name: str) -> bool:
    """Whether a name is a single word, in a script with spaces and capitals."""
    return " " not in name and name.lower() != name.upper()


def is_person(name: str, site_name: str | None = None, host: str = "") -> bool:
    """Whether a name can be a person's: letters, at most six words, no digits, no word that
    organisations use, and not the site's own name."""
    normalised = normalise_words(name)
    if not 2 <= len(normalised) <= LONGEST_NAME or len(normalised.split()) > 6:
        return False
    if INNER_CAPITAL.search(name) or LABEL.search(name):
        return False
    if not any(map(str.isalpha, name)) or NOT_NAMES.search(name):
        return False
    if name_of(name) is not None or CHINESE_ORGANISATION.search(name):
        return False  # an agency of the table, or an organisation
    if NOT_PEOPLE.search(name):
        return is_persons_name(name) and not is_site(name, site_name, host)
    return is_own_name(name) or not names_site(name, site_name, host)


def is_own_name(name: str) -> bool:
    """Whether a name that may be the site's too begins with a common first name: people call their
    sites after themselves."""
    words = name.split()
    return 2 <= len(words) <= 3 and words[0].lower() in FIRST_NAMES
