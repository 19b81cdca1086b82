"""What the vocabularies of two texts share."""

from service.fold.verify.text_record import TextRecord, unpack
from service.fold.verify.vocabulary import NO_VOCABULARY, share_vocabulary
from service.text.packed import pack
from service.text.tokens import tokenize

REPORT = (
    "Yesterday Alan Boisvert said thieves took 1,100 barrels worth 18 million in Eden Crossing."
)


def read(text: str) -> TextRecord:
    return unpack(pack(tokenize(text, "en", 3000)))


def test_a_text_shares_everything_with_itself() -> None:
    found = share_vocabulary(read(REPORT), read(REPORT))
    assert found.names == found.numbers == found.long_names == found.number_order == 1
    assert found.bag == found.long_bag == 1
    assert round(found.cosine, 5) == 1
    assert found.lost == found.added == 0


def test_a_rewrite_keeps_the_facts_and_adds_none() -> None:
    rewrite = (
        "In Eden Crossing, 1,100 casks with a value of 18 million were gone, says Alan Boisvert."
    )
    found = share_vocabulary(read(rewrite), read(REPORT))
    assert found.numbers == found.long_numbers == 1
    assert found.lost == found.added == 0


def test_another_report_adds_facts() -> None:
    other = REPORT.replace("18 million", "12 million") + " The deputy, Carol Lindqvist, resigned."
    found = share_vocabulary(read(REPORT), read(other))
    assert found.lost == 1
    assert found.added == 3


def test_the_order_of_numbers_is_that_of_the_text() -> None:
    found = share_vocabulary(
        read("In 1990 or 250 or 377 cases"), read("In 377 or 250 or 1990 cases")
    )
    assert found.number_order == 0


def test_what_a_text_does_not_show_is_unknown() -> None:
    found = share_vocabulary(read("thieves emptied barrels"), read(REPORT))
    assert found.names is found.numbers is found.number_order is None


def test_an_empty_text_shares_nothing() -> None:
    assert share_vocabulary(read(""), read(REPORT)) == NO_VOCABULARY
