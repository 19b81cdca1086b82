"""What is fuzzed: each target takes any bytes, raises where a promise is broken, and says in a word
what became of them, so that a run knows new behaviour when it sees it."""

import random
from collections.abc import Callable

from service.contract.extracted import Extracted
from service.contract.fold_state import ArticleRecord, StoryRecord
from service.contract.outcome import REASON, Failed, Rejected
from service.contract.page import RawPage
from service.contract.record import Topic
from service.contract.serde import Model, UndecodableValue, dump, load
from service.read.envelopes import decode
from service.read.page.charset import decode_text
from service.read.stage import read
from service.worker.dead_letters.letter import read_letter
from tests.fuzz.cost import Cost
from tests.fuzz.mutate import repeat
from tests.fuzz.sample import parse
from tests.worker.dead_letters.test_letter import Got

Target = Callable[[bytes], str]
Mutation = Callable[[bytes, bytes, random.Random], bytes]

MODELS: dict[bytes, type[Model]] = {b"e": Extracted, b"a": ArticleRecord, b"s": StoryRecord}


def adapters(data: bytes) -> str:
    """A message is a page with exactly one body, or is refused with a reason and a detail."""
    message = parse(data)
    try:
        page = decode(message)
    except (Failed, Rejected) as refused:
        reason, detail = refused.reason.value, refused.detail
    else:
        return _shape(page)
    assert detail
    return f"{reason}: {detail[:12]}"


def _shape(page: RawPage) -> str:
    bodies = (page.body, page.text, page.article, page.body_ref)
    assert sum(each is not None for each in bodies) == 1
    assert page.url
    kind = next(number for number, body in enumerate(bodies) if body is not None)
    return f"{kind} {len(page.headers)} {page.status is None}"


def reading(data: bytes) -> str:
    """READ has one outcome for any message, the same each time, and a dead letter keeps it all."""
    message = parse(data)
    record = read(message)
    assert record.topic in (Topic.EXTRACTED, Topic.REJECTED, Topic.FAILED)
    assert read(message) == record
    reason = dict(record.headers).get(REASON, b"").decode()
    assert reason != "error", dict(record.headers)
    if record.topic is Topic.FAILED:
        assert (record.key, record.value) == (message.key, message.value)
    elif record.topic is Topic.EXTRACTED:
        assert load(Extracted, record.value or b"").source == message.source
    return f"{record.topic.value} {reason}"


def serde(data: bytes) -> str:
    """Bytes are a model, which written and read again is the same, or are refused as such."""
    model = MODELS.get(data[:1], Extracted)
    try:
        value = load(model, data[1:])
    except UndecodableValue as refused:
        return str(refused)[:24]
    again = load(model, dump(value))
    assert dump(again) == dump(value)
    return model.__name__


def charset(data: bytes) -> str:
    """Any bytes are text, whatever their headers say they are."""
    declared, _, body = data.partition(b"\n")
    text = decode_text(body, declared.decode("latin-1"))
    text.encode()
    return "replaced" if "\ufffd" in text else "whole"


def letters(data: bytes) -> str:
    """Any record of `pages.failed` is a letter or none."""
    message = parse(data)
    letter = read_letter(Got(message.key, message.value, message.headers))
    if letter is None:
        return "none"
    assert letter.identity
    assert letter.attempts >= 0
    return f"{letter.stage[:8]} {letter.reason[:8]}"


TARGETS: dict[str, Target] = {
    "adapters": adapters,
    "reading": reading,
    "serde": serde,
    "charset": charset,
    "letters": letters,
    "cost": Cost(),
}
MUTATIONS: dict[str, Mutation] = {"cost": repeat}
"""How the inputs of a target are changed, if not by `mutate`."""
