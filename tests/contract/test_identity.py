"""Names: the same for the same thing, and for nothing else."""

from hashlib import blake2b

from hypothesis import given
from hypothesis import strategies as st

from service.contract.identity import article_uri, digest, enter_record, event_id, story_uri


@given(st.lists(st.text(st.characters())), st.lists(st.text(st.characters())))
def test_different_parts_have_different_hashes(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_parts_are_not_confused_with_their_joins() -> None:
    assert len({digest("ab"), digest("a", "b"), digest("a", "", "b"), digest("", "ab")}) == 4


def test_records_are_not_confused_with_others_of_the_same_bytes() -> None:
    def hashed(*parts: bytes | None, headers: tuple[tuple[str, bytes], ...] = ()) -> str:
        state = blake2b(digest_size=16)
        enter_record(state, parts, headers)
        return state.hexdigest()

    found = [
        hashed(b"ab"),
        hashed(b"a", b"b"),
        hashed(b"ab", b""),
        hashed(b"ab", None),
        hashed(b"a", headers=(("b", b""),)),
        hashed(headers=(("\ud800", b"ab"),)),
    ]
    assert len(set(found)) == len(found)


def test_names_are_kept_for_ever() -> None:
    """They are on topics and in databases of others: a change here is a new contract."""
    assert article_uri("https://gazette.example/a") == (
        "urn:copydesk:article:d27c928f1e8e5de7abe9a7218b1409e7"
    )
    assert story_uri("urn:copydesk:article:1", "c0ffee", "2024-05-14T09:30:00Z") == (
        "urn:copydesk:story:2c20a5c70345eae12ca4b1ae51521da2"
    )
    assert (
        event_id("published", "urn:copydesk:article:1", "c0ffee")
        == "551b52ae1a84b4ce4e6c09450c84d653"
    )


def test_the_case_of_a_path_is_part_of_the_name() -> None:
    assert article_uri("https://g.example/A") != article_uri("https://g.example/a")


def test_an_event_is_not_confused_with_what_it_is_about() -> None:
    assert event_id("a") != digest("a")
