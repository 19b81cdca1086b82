"""News-like prose from a seed: no two texts alike, and the same seed writes the same text."""

import random
from dataclasses import dataclass


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_BEGIN = _words("b br c ch d dr f fl g gr h j k kl l m n p pr qu r s sk st t tr v w z")
_MIDDLE = _words("a ai e ea i o oa u y")
_END = _words("b ck d g l ll m n nd ng nt r rk rn s sk st t x z")
_LAST = _words("a o en er ford ley mere mouth stad ton ville wick")

_WHO = _words(
    """
    auditors bakers beekeepers captains carpenters clerks conductors cyclists dentists divers
    dockers drivers editors electricians engineers farmers firefighters fishermen foresters
    gardeners geologists grocers guards historians inspectors jewellers judges librarians
    mechanics midwives miners musicians nurses painters pilots planners plumbers porters potters
    printers ranchers rangers sailors sculptors surveyors tailors teachers traders translators
    weavers wardens welders
    """
)
_DID = _words(
    """
    abandoned accepted approved borrowed built cancelled carried checked cleared closed collected
    compared copied counted criticised defended delayed delivered described destroyed doubled
    emptied examined exchanged expanded financed finished flooded guarded hid improved inspected
    insured launched leased lifted located measured moved named opened ordered painted postponed
    praised published purchased questioned refused removed renamed rented repaired replaced
    rescued returned searched sealed shipped sold sorted stored studied surveyed tested towed
    traced weighed welcomed
    """
)
_WHAT = _words(
    """
    antennas archives balconies barges barns barrels batteries bells benches bicycles boilers
    bridges buoys cables canals cellars chapels chimneys clocks containers cranes dams doorways
    engines fences ferries fountains freighters furnaces galleries gates generators glaciers
    greenhouses harbours hedges helicopters hospitals kitchens ladders lanterns libraries lifts
    lighthouses locomotives looms maps markets mills mosaics museums nets orchards organs ovens
    pavements piers pipelines pumps quarries railways reservoirs roofs sawmills schools ships
    signals silos stables stadiums statues tankers telescopes theatres tractors trams tunnels
    turbines valves vaults vineyards warehouses windmills workshops
    """
)
_HOW = _words(
    """
    abandoned ageing amber ancient borrowed brick broken bronze careless cedar clumsy copper
    crooked distant disputed dusty electric empty expensive famous floating forgotten fragile
    frozen giant granite heavy hidden historic hollow iron ivory leaking local marble metal muddy
    municipal narrow northern oak painted portable private quiet rented restored round rusty
    secret shallow silver southern spare stone sunken tall temporary timber uninsured unmarked
    unusual velvet vacant weathered western wooden
    """
)
_WHEN = _words(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June
    July August September October November December
    """
)
_JOINTS = (
    ", although",
    ", because",
    ", while",
    ", after",
    ", before",
    " and",
    " until",
    " where",
    "; meanwhile",
    ", so",
)


@dataclass(frozen=True)
class Text:
    """A headline and the sentences under it."""

    headline: str
    sentences: tuple[str, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The sentences, two by two."""
        return tuple(
            " ".join(self.sentences[at : at + 2]) for at in range(0, len(self.sentences), 2)
        )

    def trimmed(self) -> "Text":
        """Its first two thirds, as a desk cuts from the end."""
        return Text(self.headline, self.sentences[: len(self.sentences) * 2 // 3])

    def with_more(self, lot: random.Random) -> "Text":
        """A later take: a new lead and a new last sentence around the old text."""
        return Text(self.headline, (_sentence(lot), *self.sentences, _sentence(lot)))


def write_text(lot: random.Random, sentences: int = 12) -> Text:
    """A text of some 16 words a sentence; its names and numbers are its own."""
    who, did, how, what = (lot.choice(words) for words in (_WHO, _DID, _HOW, _WHAT))
    headline = f"{_name(lot)} {who} {did} {how} {what} near {_name(lot)}"
    return Text(headline, tuple(_sentence(lot) for _ in range(sentences)))


def write_denial(lot: random.Random, headline: str) -> tuple[str, ...]:
    """The text of a notice that withdraws the story under a headline."""
    denials = (
        f"{_name(lot)} {_name(lot)} never met {_name(lot)} {_name(lot)} of {_name(lot)}",
        f"nor {_name(lot)} nor {_name(lot)} stands where {_name(lot)} saw {_name(lot)}",
        f"what {_name(lot)} told {_name(lot)} concerned {_name(lot)} {_name(lot)}",
    )
    return (f'The story headlined "{headline}" is withdrawn.', f"Today {', '.join(denials)}.")


def name(lot: random.Random) -> str:
    """A name of a person or a place that hardly comes a second time."""
    return _name(lot)


def _sentence(lot: random.Random) -> str:
    first, second = _clause(lot), _clause(lot)
    day = lot.choice(_WHEN)
    return f"{first[0].upper()}{first[1:]}{lot.choice(_JOINTS)} {second} in {day}."


def _clause(lot: random.Random) -> str:
    who, did, how, what = (lot.choice(words) for words in (_WHO, _DID, _HOW, _WHAT))
    number = lot.randrange(11, 9_999)
    shapes = (
        f"{_name(lot)} {who} {did} {number} {how} {what}",
        f"the {who} of {_name(lot)} {did} their {how} {what}",
        f"{_name(lot)} {did} {number} {what} at {_name(lot)}",
        f"{number} {who} from {_name(lot)} {did} some {how} {what}",
    )
    return lot.choice(shapes)


def _name(lot: random.Random) -> str:
    first = lot.choice(_BEGIN) + lot.choice(_MIDDLE) + lot.choice(_END)
    return (first + lot.choice(_MIDDLE) + lot.choice(_BEGIN) + lot.choice(_LAST)).capitalize()
