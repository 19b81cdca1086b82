"""The bodies that revisits refer to."""

from dataclasses import replace

from service.local.inputs.payload_index import PayloadIndex
from service.read.envelopes.warc_records import WarcResponse

PAGE = WarcResponse(
    "https://a.example/", None, "200", (("content-type", "text/html"),), b"<p>1", digest="sha1:1"
)


def test_a_body_is_found_by_its_digest_with_its_first_address() -> None:
    index = PayloadIndex()
    index.add(PAGE)
    index.add(replace(PAGE, url="https://b.example/"))
    found = index.find("sha1:1")
    assert found is not None
    assert (found[0], found[1].body, found[1].headers) == (PAGE.url, PAGE.body, PAGE.headers)
    assert index.find("sha1:2") is None
    assert index.find(None) is None


def test_only_documents_with_a_digest_are_kept() -> None:
    index = PayloadIndex()
    index.add(replace(PAGE, digest=None))
    index.add(replace(PAGE, digest="sha1:2", headers=(("content-type", "image/png"),)))
    index.add(replace(PAGE, digest="sha1:3", body=b""))
    index.add(replace(PAGE, digest="sha1:4", headers=()))
    assert [index.find(f"sha1:{n}") is None for n in range(2, 5)] == [True, True, False]


def test_the_oldest_bodies_go_first() -> None:
    index = PayloadIndex(most_bytes=100)
    for number in range(20):
        index.add(replace(PAGE, digest=f"sha1:{number}", body=b"<p>%d" % number))
    kept = [number for number in range(20) if index.find(f"sha1:{number}") is not None]
    assert kept
    assert kept == list(range(20 - len(kept), 20))
    assert len(kept) < 10
