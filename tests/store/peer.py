"""A message provider on loopback that counts what it accepted, and a channel that speaks to it."""

import json
import threading
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote

from lockstep.ports import Letter, Person, Receipt, SendState


class Peer:
    """What the provider saw. `latency` is in seconds, after accepting and before answering."""

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()
        self.latency = 0.0
        self.url = ""
        self._lock = threading.Lock()

    def accept(self, key: str) -> int:
        with self._lock:
            self.accepted[key] += 1
            return self.accepted[key]


@contextmanager
def running_peer() -> Iterator[Peer]:
    """A peer on a free port."""
    peer = Peer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            key = unquote(self.path.removeprefix("/"))
            self.rfile.read(int(self.headers["Content-Length"]))
            nth = peer.accept(key)
            threading.Event().wait(peer.latency)
            self._answer(HTTPStatus.OK, {"id": f"{key}#{nth}"})

        def do_GET(self) -> None:
            key = unquote(self.path.removeprefix("/"))
            known = key in peer.accepted
            self._answer(HTTPStatus.OK if known else HTTPStatus.NOT_FOUND, {"id": f"{key}#1"})

        def _answer(self, status: HTTPStatus, body: dict[str, str]) -> None:
            said = json.dumps(body).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the caller was killed: the very thing under test

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    peer.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield peer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class PeerChannel:
    """A channel to the peer; `tells` is whether the provider can be asked about earlier sends."""

    name = "peer"

    def __init__(self, url: str, *, tells: bool) -> None:
        self._url = url
        self._tells = tells

    def address(self, person: Person) -> str:
        return person.phone

    def send(self, letter: Letter, *, dedup_key: str, at: datetime) -> Receipt:
        request = urllib.request.Request(  # noqa: S310  # loopback
            f"{self._url}/{quote(dedup_key, safe='')}", data=letter.body.encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  # same
            return self._receipt(json.load(answer)["id"], at)

    def find(self, dedup_key: str) -> Receipt | None:
        if not self._tells:
            return None
        try:
            with urllib.request.urlopen(f"{self._url}/{quote(dedup_key, safe='')}", timeout=30) as answer:  # noqa: S310  # same
                return self._receipt(
                    json.load(answer)["id"], datetime.fromisoformat("2026-12-01T08:00+00:00")
                )
        except urllib.error.HTTPError as error:
            error.close()
            return None

    def _receipt(self, provider_id: str, at: datetime) -> Receipt:
        return Receipt(state=SendState.SENT, channel=self.name, provider_id=provider_id, at=at)
