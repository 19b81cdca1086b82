"""Roundups, briefings and galleries: pages that hold texts of several stories, and bridge none."""

from itertools import pairwise

import pytest

from service.fold.assign.decision import Placed
from service.fold.assign.roundup import is_roundup
from service.fold.shard import Shard
from service.fold.verify.text_record import TextRecord, packed_bytes, unpack_bytes
from service.text.signature import sign
from tests.fold.articles import extracted, text_of
from tests.fold.languages.pairs import Form, stories, trimmed

ENGLISH = ("ferry-ap", "furnace", "tin", "hoard", "dam", "fires", "syrup")
PLACES = ("first", "after one", "between", "last")

CAPTIONS = (
    "A crane lifts the hull of the trawler Nordlys from the harbour basin at Vardo on Tuesday, four"
    " days after it sank at its moorings with 9,000 litres of diesel on board.",
    "Pupils of the Kestrel Road school in Dunmore carry chairs out of the flooded assembly hall on"
    " Wednesday. The river Owen rose by 2.4 metres overnight.",
    "Marathon runners cross the Lindqvist bridge in Aldersund under umbrellas on Sunday. Some 6,200"
    " people took part, 800 fewer than a year ago.",
    "Beekeeper Ilse Varga checks one of the 140 hives on the roof of the Corvane opera house on"
    " Monday, where lavender was sown last spring.",
    "A replica of the 1911 tram that linked Pellwright and the coast leaves its depot on Friday for"
    " the first time since the fire in the workshop.",
    "Firefighters rescue a llama named Pepito from a canal near Sint Anna on Thursday. The animal"
    " had escaped from a travelling circus the night before.",
)


def texts_of(language: str) -> list[dict[str, str]]:
    """Stories of a language, each with copies of it."""
    if language == "en":
        whole = [text_of(name) for name in ENGLISH]
        return [{"story": text, "trimmed": trimmed(text), "again": text} for text in whole]
    return [
        {
            "story": forms[Form.STORY].text,
            "trimmed": forms[Form.TRIMMED].text,
            "reworded": forms[Form.REWORDED].text,
            "again": forms[Form.STORY].text,
        }
        for forms in stories(language)[: len(ENGLISH)]
    ]


def folded(texts: list[tuple[str, str]], language: str = "en") -> dict[str, str]:
    """Return the story of each text after all mergers; texts are in the order of arrival."""
    shard, found, into = Shard(), dict[str, str](), dict[str, str]()
    for offset, (name, text) in enumerate(texts):
        page = extracted(
            text,
            url=f"https://{name}.example/a",
            offset=offset,
            language=language,
            title=f"Headline {name}",
        )
        decision = shard.place(page)
        assert isinstance(decision, Placed)
        found[name] = decision.placement.story_id
        into.update({each.id: each.merged_into for each in decision.stories if each.merged_into})
    for name in found:
        while found[name] in into:
            found[name] = into[found[name]]
    return found


def arranged(
    singles: list[list[tuple[str, str]]], roundups: list[tuple[str, str]], place: str
) -> list[tuple[str, str]]:
    """Put roundups among stories: `singles` has a list for each form, of the text of each story."""
    first, *later = singles
    rest = [each for form in later for each in form]
    cut = {"first": 0, "after one": 1, "between": len(first), "last": len(first) + len(rest)}[place]
    every = first + rest
    return [*every[:cut], *roundups, *every[cut:]]


def assert_apart(found: dict[str, str], singles: list[list[tuple[str, str]]]) -> None:
    """Each story is one, and no two are."""
    number = len(singles[0])
    ids = [{found[form[n][0]] for form in singles} for n in range(number)]
    assert [len(each) for each in ids] == [1] * number
    assert len(set.union(*ids)) == number


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("language", "number"), [("en", 2), ("en", 5), ("ja", 2), ("ja", 4)])
def test_a_roundup_of_whole_stories_joins_none_of_them(
    language: str, number: int, place: str
) -> None:
    of_story = texts_of(language)[:number]
    singles = [
        [(f"{form}-{n}", each[form]) for n, each in enumerate(of_story)] for form in of_story[0]
    ]
    roundup = "\n\n".join(each["story"] for each in of_story)
    assert_apart(folded(arranged(singles, [("roundup", roundup)], place), language), singles)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_three_roundups_that_overlap_join_no_stories(language: str, place: str) -> None:
    """Each is a witness that an article belongs to the story that the others are in."""
    every = texts_of(language)
    of_story, extra = every[:3], every[3:6]
    forms = [form for form in of_story[0] if form != "reworded"]
    singles = [[(f"{form}-{n}", each[form]) for n, each in enumerate(of_story)] for form in forms]
    roundups = [
        (f"roundup-{n}", "\n\n".join(text["story"] for text in (*of_story, each)))
        for n, each in enumerate(extra)
    ]
    assert_apart(folded(arranged(singles, roundups, place), language), singles)


@pytest.mark.parametrize("place", PLACES)
def test_galleries_that_share_captions_join_no_stories(place: str) -> None:
    """Each caption stands above the story that its photo belongs to, too."""
    stories_of = [text_of(name) for name in ENGLISH[:4]]
    whole = [f"{caption}\n\n{text}" for caption, text in zip(CAPTIONS, stories_of, strict=False)]
    singles = [
        [(f"{form}-{n}", cut(text)) for n, text in enumerate(whole)]
        for form, cut in (("story", str), ("trimmed", trimmed))
    ]
    galleries = [("gallery", "\n\n".join(CAPTIONS)), ("week", "\n\n".join(CAPTIONS[::-1][1:]))]
    assert_apart(folded(arranged(singles, galleries, place)), singles)


@pytest.mark.parametrize("place", PLACES)
def test_captions_alone_are_joined_by_no_gallery(place: str) -> None:
    """Pages of a photo with nothing but its caption, and galleries of all."""
    singles = [[(f"{form}-{n}", text) for n, text in enumerate(CAPTIONS)] for form in "ab"]
    galleries = [("gallery", "\n\n".join(CAPTIONS)), ("week", "\n\n".join(CAPTIONS[::-1]))]
    assert_apart(folded(arranged(singles, galleries, place)), singles)


def test_a_trimmed_copy_is_no_stranger_to_another() -> None:
    """What stands in a long text may be cut from it: two copies that overlap say so."""
    text = text_of("ferry-ap")
    paragraphs = text.split("\n\n")
    short = "\n\n".join(paragraphs[: len(paragraphs) // 2])
    texts = [("whole", text), ("one", short), ("other", "\n\n".join(paragraphs[1:5]))]
    for order in (texts, texts[::-1]):
        assert len(set(folded(order).values())) == 1


def record(text: str) -> TextRecord:
    return unpack_bytes(packed_bytes(sign(text, "en").record))


def test_a_text_is_a_roundup_of_strangers_only() -> None:
    texts = [text_of(name) for name in ENGLISH]
    for one, other in pairwise(texts):
        whole = record(f"{one}\n\n{other}")
        assert is_roundup(whole, record(one), record(other))
        assert not is_roundup(whole, record(one), record(trimmed(one)))
        assert not is_roundup(record(one), record(one), record(other))
