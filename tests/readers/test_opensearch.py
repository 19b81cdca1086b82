"""The example for OpenSearch on a real node, from its jars: `make test-readers`."""

import json
import os
import random
import subprocess
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.examples.index_opensearch import Document, Index, enter, merged, position
from deploy.kafka.jars import ToolMissing, find_java, resolve_jars
from deploy.kafka.ports import find_free_port
from tests.deploy.opensearch_stand_in import running_stand_in
from tests.deploy.test_downstream_order import written
from tests.deploy.test_opensearch_example import event

pytestmark = pytest.mark.readers

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A node that ends with the tests; they are skipped without Java or Maven."""
    folder = tmp_path_factory.mktemp("opensearch")
    (folder / "config").mkdir()
    try:
        java = Path(find_java())
        jars = f"{resolve_jars(pom=HERE / 'opensearch' / 'pom.xml')}/*"
    except ToolMissing as missing:
        pytest.skip(str(missing))
    javac = java.resolve().with_name("javac")
    if not javac.exists():
        pytest.skip(f"{javac} is not there: this Java is one without a compiler")
    program = str(HERE / "programs" / "OneNode.java")
    subprocess.run([str(javac), "-cp", jars, "-d", str(folder), program], check=True)
    port, transport = str(find_free_port()), str(find_free_port())
    with (folder / "log").open("wb") as log:
        classes = f"{jars}{os.pathsep}{folder}"
        node = subprocess.Popen(
            [str(java), "-Xmx400m", "-cp", classes, "OneNode", str(folder), port, transport],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
    assert node.stdin is not None
    assert node.stdout is not None
    try:
        assert any(line == b"started\n" for line in node.stdout), (folder / "log").read_text()
        yield f"http://127.0.0.1:{port}"
    finally:
        node.stdin.close()
        try:
            node.wait(timeout=30)
        except subprocess.TimeoutExpired:
            node.kill()
            node.wait()


@pytest.fixture
def index(address: str) -> Iterator[Index]:
    index = Index(address, "copydesk-articles")
    index.make()
    yield index
    request = urllib.request.Request(f"{address}/{index.name}", method="DELETE")
    urllib.request.urlopen(request).close()


def search(index: Index, words: str) -> list[Document]:
    """What a reader of the alias finds."""
    index.ask("POST", f"{index.name}/_refresh")
    query = {"size": 1000, "query": {"query_string": {"query": words}}}
    found: Any = index.ask("POST", "articles/_search", json.dumps(query).encode())
    return [hit["_source"] for hit in found["hits"]["hits"]]


def test_it_holds_what_the_stand_in_holds(index: Index) -> None:
    events = [json.loads(record.value or b"") for record in written(1).articles]
    random.Random(7).shuffle(events)
    with running_stand_in() as server:
        other = Index(server.address, index.name)
        other.make()
        for start in range(0, len(events), 50):
            for each in (index, other):
                enter(each, events[start : start + 50])
        documents = server.articles()
    assert index.read(documents) == documents
    usable = [each for each in documents.values() if each["status"] == "usable"]
    assert {each["uri"] for each in search(index, "*")} == {each["uri"] for each in usable}
    relations = Counter(each["relation"] for each in usable)
    for relation in ("original", "spun"):
        assert len(search(index, f"relation:{relation}")) == relations[relation] > 0
    assert enter(index, events) == 0


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ([event(512, "ferry"), event(256, "bridge")], ["ferry"]),
        ([event(256, "ferry"), event(512, None), event(256, "ferry")], []),
        ([event(512, None), event(768, "ferry"), event(256, "bridge")], ["ferry"]),
        ([event(512, None, relation="spun"), event(256, "ferry")], ["ferry"]),
    ],
)
def test_late_events_do_no_harm(
    events: list[dict[str, Any]], found: list[str], index: Index
) -> None:
    for each in events:
        enter(index, [each])
    assert [each["body"] for each in search(index, "body:(ferry OR bridge)")] == found


def test_what_is_older_is_refused_and_positions_are_found_by_nobody(index: Index) -> None:
    new, old = merged(None, event(512, "ferry")), merged(None, event(256, "bridge"))
    assert index.write([new]) == set()
    assert index.write([old]) == {"u"}
    assert index.write([new, position("articles", 0, 7)]) == set()
    assert [each["body"] for each in search(index, "*")] == ["ferry"]
    assert index.read(["position:articles:0"])["position:articles:0"]["next"] == 7
