"""A package index over real HTTP on 127.0.0.1, whose answers a test can break in every way that networks do."""

import json
import re
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler", bytes], None]


@dataclass
class PackageServer:
    """`files` by path; `behaviours` by path are used up one a request, then the file is served as it should be."""

    files: dict[str, bytes] = field(default_factory=dict)
    etags: dict[str, str] = field(default_factory=dict)
    behaviours: dict[str, list[Behaviour]] = field(default_factory=lambda: defaultdict(list))
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    url: str = ""
    with_ranges: bool = True

    def offer(self, pair: str, data: bytes, version: str = "1.9", links: list[str] | None = None) -> str:
        """Puts a package into the index; gives the path of its file."""
        path = f"/{pair}.argosmodel"
        self.files[path] = data
        self.etags[path] = f'"{pair}-{version}"'
        source, target = pair.split("-")
        entries = json.loads(self.files.get("/index.json", b"[]"))
        links = links or [self.url + path]
        entries.append({"from_code": source, "to_code": target, "package_version": version, "links": ["ipfs://Qm", *links]})
        self.files["/index.json"] = json.dumps(entries).encode()
        return path

    def ranges(self, path: str) -> list[str | None]:
        """The Range header of every request for a path, in order."""
        return [headers.get("Range") for asked, headers in self.requests if asked == path]


class Handler(BaseHTTPRequestHandler):
    """Serves with ETag, Range and If-Range unless told otherwise."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        package_server = self.server.package_server
        package_server.requests.append((self.path, dict(self.headers)))
        data = package_server.files.get(self.path)
        if data is None and not package_server.behaviours[self.path]:
            self.answer(404, b"no")
        elif package_server.behaviours[self.path]:
            package_server.behaviours[self.path].pop(0)(self, data or b"")
        else:
            self.serve(data or b"")

    def serve(self, data: bytes, *, cut: int | None = None, headers: dict[str, str] | None = None) -> None:
        """Sends the file or the range asked for; after `cut` bytes of the file the connection breaks."""
        etag = self.server.package_server.etags.get(self.path, '"index"')
        found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(found[1]) if found and self.server.package_server.with_ranges and self.headers.get("If-Range") == etag else 0
        if start >= len(data) and found:
            return self.answer(416, b"")
        more = {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"} if start else {}
        self.answer(
            206 if start else 200, data[start:], {"ETag": etag, **more, **(headers or {})}, None if cut is None else cut - start
        )

    def answer(self, status: int, body: bytes, headers: dict[str, str] | None = None, cut: int | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body if cut is None else body[: max(cut, 0)])
        if cut is not None:
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    package_server: PackageServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are part of these tests."""


@contextmanager
def package_server() -> Iterator[PackageServer]:
    """Serves until the block ends."""
    server = _Server(("127.0.0.1", 0), Handler)
    served = server.package_server = PackageServer(url=f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def status(code: int, headers: dict[str, str] | None = None) -> Behaviour:
    return lambda handler, data: handler.answer(code, b"sorry", headers)


def cut_at(position: int) -> Behaviour:
    return lambda handler, data: handler.serve(data, cut=position)


def redirect_to(url: str) -> Behaviour:
    return status(302, {"Location": url})


def announce(length: Callable[[int], int]) -> Behaviour:
    """Announces another length than is sent, then hangs up."""
    return lambda handler, data: handler.answer(200, data, {"Content-Length": str(length(len(data)))}, len(data))


def trickle(handler: Handler, data: bytes) -> None:
    """Sends a byte now and then: never silent long enough for a read timeout."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    try:
        for position in range(200):
            handler.wfile.write(data[position : position + 1])
            time.sleep(0.05)
    finally:
        handler.close_connection = True


def silence(handler: Handler, data: bytes) -> None:
    """Promises the file and sends nothing."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.flush()
    time.sleep(2)
    handler.close_connection = True
