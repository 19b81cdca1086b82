"""Move copyright and syndication notices from the body into fields."""

import re
from collections.abc import Sequence

from service.contract.article import Notice
from service.read.page.paragraph import Paragraph, count_words

SENTENCE = re.compile(r"(?<=[.!?。！？])\s+(?=[^\W\d_]|[©(\"“])|(?<=[。！？])")
ABBREVIATED = re.compile(r"\b(?:[A-Z]|Inc|Co|Corp|Ltd|St|Mr|Dr|U\.S)\.$")

# A claim says who owns the text. `©` is enough; the word "copyright" needs a year or `by` beside
# it, as articles about copyright law use it too.
CLAIM = re.compile(
    r"^\W*(?:(?:copyright|urheberrecht|derechos de autor|авторские права)\b\s*(?:©|\(c\)"
    r"|&copy;)?|©|\(c\)|&copy;|ⓒ)"
    r"[\s,:–-]*(?:(?P<year>(?:19|20)\d\d)(?:\s*[-–—/]\s*(?:(?:19|20)?\d\d))?)?[\s,:–-]*(?:(?:by"
    r"|von|por|par)\s+)?(?P<holder>.*)$",
    re.I,
)
SYMBOL_FIRST = re.compile(r"^\W*(?:©|ⓒ|&copy;)")
BY_AFTER = re.compile(r"^\W*copyright\b[\s,:–-]*by\s", re.I)

# Reservations of rights, by language, with variants left by round-trip machine translation.
RESERVED = re.compile(
    r"all(?: the)? rights? (?:are |is |being )?reserved|alle rechte (?:sind )?vorbehalten"
    r"|tous(?: les)? droits(?: de \w+)* r[ée]serv[ée]s"
    r"|(?:todos )?los derechos (?:est[aá]n )?reservados|todos (?:los|os) (?:derechos"
    r"|direitos) (?:est[aá]n )?reservados|todos os direitos (?:s[aã]o )?reservados"
    r"|tutti i diritti (?:sono )?riservati|riproduzione (?:è )?riservata|diritti riservati"
    r"|alle rechten voorbehouden|alle rettigheder forbeholdes|med enerett"
    r"|alle rettigheter (?:er )?reservert|alla rättigheter (?:är )?förbehållna"
    r"|wszelkie prawa (?:są )?zastrzeżone|wszystkie prawa zastrzeżone"
    r"|všechna práva (?:jsou )?vyhrazena|všetky práva (?:sú )?vyhradené|minden jog fenntartva"
    r"|toate drepturile (?:sunt )?rezervate"
    r"|(?:вс[еёі] )?права (?:защищены|захищені|охраняются)|все права (?:сохранены"
    r"|зарезервированы)|tüm hakları saklıdır|hak cipta dilindungi"
    r"|版权所有|版權所有|著作権所有|無断転載|転載(?:を)?禁|无断转载|未经授权|未經授權"
    r"|不得转载|不得轉載|무단\s?전재|재배포 금지"
    r"|جميع الحقوق محفوظة|כל הזכויות שמורות",
    re.I,
)
MATTER = re.compile(
    r"\b(?:materials?|contents?|articles?|stor(?:y|ies)|texts?|reports?|information|inhalte?"
    r"|artikel|beitrag|meldung|contenus?|contenidos?|conte[uú]dos?"
    r"|contenuti|contenuto|art[ií]culos?|articoli|articolo|publicaci[oó]n|reproduc(?:tion"
    r"|ci[oó]n)|reprodução|riproduzione|reproduction|nachdruck|weiterverbreitung|any part|this)\b",
    re.I,
)
FORBIDDEN = re.compile(
    r"\b(?:(?:may|can|must|shall|should|could|might) ?(?:not|never)|cannot|can't|not (?:be"
    r"|to be)|is not (?:allowed|permitted)|prohibited|forbidden|banned"
    r"|without (?:the )?(?:(?:express|prior|written|explicit|our) ?)*(?:permission|consent"
    r"|authori[sz]ation|approval)|nicht|ohne (?:\w+ )?(?:genehmigung|zustimmung|erlaubnis)"
    r"|untersagt|verboten"
    r"|ne (?:peut|peuvent|doit|doivent)|interdite?s?|sans (?:l')?(?:autorisation|accord)"
    r"|no (?:puede|pueden|podr[aá]n?|debe)|prohibid[ao]s?|queda prohibida|sin (?:el "
    r"|la )?(?:permiso|autorizaci[oó]n|consentimiento)"
    r"|n[aã]o (?:pode|podem)|proibid[ao]s?|sem (?:a )?(?:autoriza[cç][aã]o|permiss[aã]o)"
    r"|non (?:pu[oò]|possono)|vietat[ao]|senza (?:l')?autorizzazione)(?!\w)",
    re.I,
)
BEGINS_AS_NOTICE = re.compile(
    r"\W*+(?:this|these|the|any|no|all|diese|der|ce|este|quest)\w*\b", re.I
)
CONSENT = re.compile(r"permission|consent|authori[sz]|genehmigung|zustimmung|autoris|autoriz", re.I)
PART = re.compile(r"\b(?:this|any|part|content|material|inhalt|nachdruck)", re.I)
USES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"\b(?:re)?publi(?:sh|shed|cation|shing|c\w*|qu\w*|ziert|é|er)|veröffentlich",
        r"\b(?:re)?broadcast|\bair(?:ed)?\b|gesendet|diffus|difund|emit|transmi|übertrag",
        r"\brewrit|re-?written|reescri|umgeschrieben|réécri|riscritt|rewritt|written again",
        r"\bre-?distribut|distribu|verbreit|weiterverbreit|weitergegeben|disseminat|spread"
        r"|pass(?:ed)? on",
        r"\breproduc|reproduz|vervielfältig|nachdruck|riprod|reprint|duplicat",
        r"\bcop(?:y|ied|ies|iar|iado)\b|kopier|\bcopi(?:é|at)",
        r"\bstor(?:ed|e)\b|cached|gespeichert|framed?\b|modif",
        r"\bused?\b|verwend|exploit|utilis|utiliz|mining|train",
    )
)
# Every notice contains at least one of these; paragraphs without any are not checked further.
TRIGGERS = (
    "©", "ⓒ", "(c)", "copyright", "urheber", "derechos", "авторск", "reserv", "vorbehalten",
    "riserva", "voorbehouden", "forbehold", "förbehåll", "enerett", "zastrzeżon",
    "vyhrazen", "vyhraden", "fenntartva", "права", "saklıdır", "dilindungi", "版权", "版權",
    "著作", "転載", "转载", "轉載", "授权", "授權", "무단", "재배포", "محفوظة", "שמורות", "publish",
    "broadcast", "distribut", "rewrit", "reproduc", "reproduz", "reprint", "copied",
    "copying", "permission", "consent", "authori", "genehmig", "zustimm", "nachdruck",
    "verbreit", "autoris", "autoriz", "difund", "diffus", "publi", "riprod", "prohib",
    "interdit", "vietat",
)  # fmt: skip
LONGEST = 120  # words of a notice; longer texts are terms of use, or an article about them
FROM_START = 3  # paragraphs at the beginning that may hold notices, and ...
FROM_END = 12  # ... at the end
HOLDER_ENDS = re.compile(
    r"(?:(?<!\s)\s++)?+(?:[.;|]\s|[.;|]$|(?:,\s*+)?\ball(?: the)? rights?\b"
    r"|,\s++(?:this|alle|tous|todos|tutti)\b|\))"
    r"|(?<!\s)\s++(?:(?:this|alle|tous|todos|tutti)\b|[-–—]\s)",
    re.I,
)
LONGEST_HOLDER = 80
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
YEARS_LAST = re.compile(r"(?<![\s,.])[\s,.]++(?:(?:19|20)\d\d\s*+[-–]\s*+)?(?:19|20)\d\d$")


def take_notices(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], tuple[Notice, ...]]:
    """Return the paragraphs without notices, and the notices.

    Only the first three and the last twelve paragraphs are checked. A paragraph that begins as a
    notice and is no longer than one is removed whole; from others, the notice sentences at the
    end are cut off. Adjacent notices are joined.
    """
    kept: list[Paragraph] = []
    groups: list[list[str]] = []
    last_was_notice = False
    for index, paragraph in enumerate(paragraphs):
        near = index < FROM_START or index >= len(paragraphs) - FROM_END
        rest, notice = part_notice(paragraph.text) if near else (paragraph.text, "")
        if rest:
            kept.append(Paragraph(rest, paragraph.role, paragraph.linked) if notice else paragraph)
        if notice:
            if last_was_notice and not rest:
                groups[-1].append(notice)
            else:
                groups.append([notice])
        last_was_notice = bool(notice)
    return kept, tuple(read_notice(" ".join(group)) for group in groups)


def part_notice(text: str) -> tuple[str, str]:
    """Split a paragraph into its own text and the notice at its end; either may be empty."""
    lowered = text.lower()
    for part in TRIGGERS:
        if part in lowered:
            break
    else:
        return text, ""
    sentences = split_sentences(text)
    first = next((i for i, sentence in enumerate(sentences) if is_notice(sentence)), None)
    if first is None:
        return text, ""
    tail = " ".join(sentences[first:])
    others = [s for s in sentences[first:] if not is_notice(s)]
    if count_words(tail) > LONGEST or len(others) > 1 + len(sentences[first:]) // 2:
        return text, ""
    return " ".join(sentences[:first]).strip(), tail


def split_sentences(text: str) -> list[str]:
    """Split a paragraph into sentences, but not after initials and abbreviations such as `Inc.`."""
    sentences: list[str] = []
    for part in SENTENCE.split(text):
        if sentences and ABBREVIATED.search(sentences[-1]):
            sentences[-1] += " " + part
        elif part:
            sentences.append(part)
    return sentences


def is_notice(sentence: str) -> bool:
    """Whether a sentence claims, reserves or restricts rights."""
    words = count_words(sentence)
    if words > 70:
        return False
    if RESERVED.search(sentence):
        return words <= 40
    return is_claim(sentence) or restricts(sentence)


def is_claim(sentence: str) -> bool:
    """Whether a sentence is `© holder`, `Copyright 2017 holder`, `(c) 2017 holder` or the like."""
    match = CLAIM.match(sentence)
    if match is None or count_words(sentence) > 25:
        return False
    has_symbol = SYMBOL_FIRST.match(sentence) or "©" in sentence[:14]
    return bool(match["year"] or has_symbol or BY_AFTER.match(sentence))


def restricts(sentence: str) -> bool:
    """Whether a sentence forbids uses of the material: three kinds of use, two if it opens with
    "this", "any" or the like, or one if it is short and mentions permission."""
    if not (FORBIDDEN.search(sentence) and MATTER.search(sentence)):
        return False
    uses = sum(1 for use in USES if use.search(sentence))
    return (
        uses >= 3
        or (uses >= 2 and BEGINS_AS_NOTICE.match(sentence) is not None)
        or (
            uses >= 1
            and CONSENT.search(sentence) is not None
            and count_words(sentence) <= 35
            and PART.search(sentence) is not None
        )
    )


def read_notice(text: str) -> Notice:
    """Parse a notice's holder, year and terms of use."""
    holder, year = None, None
    terms = []
    for sentence in split_sentences(text):
        match = CLAIM.match(sentence)
        if match and holder is None and is_claim(sentence):
            year = max(map(int, YEAR.findall(sentence)), default=None)
            holder = trim_holder(match["holder"])
        if restricts(sentence):
            terms.append(sentence)
    return Notice(text=text, holder=holder, year=year, usage_terms=" ".join(terms) or None)


def trim_holder(rest: str) -> str | None:
    """Return the holder's name at the start of the text after the claim; None if there is none."""
    end = HOLDER_ENDS.search(rest)
    name = (rest[: end.start()] if end else rest).strip(" .,;:|()–-")
    name = YEARS_LAST.sub("", name).strip(" .,")
    if RESERVED.search(name):
        return None
    return name if 1 < len(name) <= LONGEST_HOLDER else None
