"""What answers as OpenSearch does to the requests of the example: template, index, _mget, _bulk.

`tests/readers/test_opensearch.py` asks a real one the same."""

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit


class StandIn(http.server.ThreadingHTTPServer):
    """Keeps documents with external versions.

    Attributes:
        documents: version and source by id.
        answers: status codes that the next requests get instead of an answer, in this order.
        items: the same for the next items of bulk requests.
        asked: method and path of each request.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.documents: dict[str, tuple[int, dict[str, Any]]] = {}
        self.templates: dict[str, Any] = {}
        self.indexes: set[str] = set()
        self.answers: list[int] = []
        self.items: list[int] = []
        self.asked: list[tuple[str, str]] = []
        self.authorization: str | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def articles(self) -> dict[str, dict[str, Any]]:
        """The documents without positions."""
        return {
            uri: document
            for uri, (_, document) in self.documents.items()
            if document["status"] != "position"
        }

    def put(self, name: str, body: Any) -> tuple[int, Any]:
        if name.startswith("_index_template/"):
            self.templates[name.partition("/")[2]] = body
        elif name in self.indexes:
            return 400, {"error": {"type": "resource_already_exists_exception"}, "status": 400}
        else:
            self.indexes.add(name)
        return 200, {"acknowledged": True}

    def bulk(self, lines: list[Any]) -> dict[str, Any]:
        pairs = zip(lines[::2], lines[1::2], strict=True)
        return {"items": [{"index": self._item(action["index"], doc)} for action, doc in pairs]}

    def _item(self, action: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
        assert action["version_type"] == "external_gte"
        assert action["_index"] in self.indexes
        if self.items:
            return {"status": self.items.pop(0), "error": {"type": "as_the_test_says"}}
        known, _ = self.documents.get(action["_id"], (0, None))
        if action["version"] < known:
            return {"status": 409, "error": {"type": "version_conflict_engine_exception"}}
        self.documents[action["_id"]] = action["version"], document
        return {"status": 200}

    def mget(self, ids: list[str]) -> dict[str, Any]:
        return {
            "docs": [
                {"_id": each, "found": True, "_source": self.documents[each][1]}
                if each in self.documents
                else {"_id": each, "found": False}
                for each in ids
            ]
        }


class _Handler(http.server.BaseHTTPRequestHandler):
    server: StandIn

    def do_PUT(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        server, path = self.server, urlsplit(self.path).path.strip("/")
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        server.asked.append((self.command, path))
        server.authorization = self.headers.get("Authorization")
        lines = [json.loads(line) for line in raw.splitlines()] if path == "_bulk" else []
        if server.answers:
            self._send(server.answers.pop(0), {"error": {"reason": "as the test says"}})
        elif self.command == "PUT":
            self._send(*server.put(path, json.loads(raw or b"{}")))
        elif path == "_bulk":
            self._send(200, server.bulk(lines))
        else:
            assert path.endswith("/_mget")
            self._send(200, server.mget(json.loads(raw)["ids"]))

    def _send(self, status: int, body: Any) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        """Nothing: the tests say what went wrong."""


@contextmanager
def running_stand_in() -> Iterator[StandIn]:
    """One on a port of its own."""
    with StandIn() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
