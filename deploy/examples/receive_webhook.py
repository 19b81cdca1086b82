"""Takes what `copydesk notify` posts: checks the signature, and keeps each event once in SQLite.

    WEBHOOK_SECRET=whsec_... python receive_webhook.py --port 8080 --database events.db

It needs nothing but Python. In earnest, stand it behind a server that speaks TLS, and delete old
rows: after a few days no event is posted again by itself.
"""

import argparse
import base64
import hashlib
import hmac
import os
import sqlite3
import time
from collections.abc import Mapping
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer

OLDEST = 300.0
"""Seconds: an attempt that claims another time than this much before or after now is refused."""
LARGEST = 2_000_000
TABLE = "CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY, body BLOB NOT NULL)"


def is_genuine(secret: str, headers: Mapping[str, str] | Message, body: bytes, now: float) -> bool:
    """True if a body was signed with the secret, and just now."""
    told = [headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature")]
    id, timestamp, signatures = told
    if not timestamp.isdecimal() or abs(now - int(timestamp)) > OLDEST:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{id}.{timestamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(
        hmac.compare_digest(expected.encode(), each.encode()) for each in signatures.split(" ")
    )


def enter(database: sqlite3.Connection, id: str, body: bytes) -> bool:
    """Keep an event; False if it was kept before."""
    with database:
        return bool(
            database.execute("INSERT OR IGNORE INTO events VALUES (?, ?)", (id, body)).rowcount
        )


def serve(port: int, database: sqlite3.Connection, secret: str) -> HTTPServer:
    """A server on the loopback, listening; `serve_forever` runs it."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_POST(self) -> None:
            length = self.headers.get("content-length", "")
            if not length.isdecimal() or int(length) > LARGEST:
                self.answer(413)
                return
            body = self.rfile.read(int(length))
            if not is_genuine(secret, self.headers, body, time.time()):
                self.answer(401)
                return
            enter(database, self.headers["webhook-id"], body)
            self.answer(204)

        def answer(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *of_request: object) -> None:
            """Nothing is printed."""

    return HTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--database", default="events.db")
    given = parser.parse_args()
    kept = sqlite3.connect(given.database)
    kept.execute(TABLE)
    serve(given.port, kept, os.environ["WEBHOOK_SECRET"]).serve_forever()
