"""Reads and writes files in a process of its own, so that a hostile one can neither hold the server nor fill its memory.

The child sets itself limits of time and memory before it looks at anything, gets the file through a pipe and answers with
JSON (never with objects: what read a stranger's file is not trusted to send any). Libraries that are large (trafilatura,
python-docx, odfdo) are loaded there only, and gone with it.
"""

import json
import os
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, BinaryIO, Final

import webapp
from webapp import errors
from webapp.domain import Mark, ParagraphKind
from webapp.text.readers.base import Block, Replacements, Rich

SECONDS: Final = 20
WAIT_SECONDS: Final = 10
"""How long a request waits for others' files to be read; whatever they are, they must not hold every thread of the server."""
MEMORY_BYTES: Final = 1 << 30
_AT_ONCE: Final = BoundedSemaphore(2)
_LENGTH: Final = struct.Struct(">I")
_KEPT_VARIABLES: Final = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What was read: the blocks (for their order see `base.reading_order`), and how the text was encoded."""

    blocks: tuple[Block, ...]
    encoding: str


def read_file(data: bytes, kind: str, name: str, *, max_text_bytes: int, boilerplate: bool = True) -> ReadFile:
    """Reads a file of the format `kind`. Raises an InputError of ours; FileReadingTooLong after SECONDS."""
    wish = {"do": "read", "kind": kind, "name": name, "boilerplate": boilerplate, "max_text_bytes": max_text_bytes}
    answer, _ = _ask(wish, data)
    return ReadFile(tuple(_block(one) for one in answer["blocks"]), str(answer["encoding"]))


def write_file(data: bytes, kind: str, name: str, replacements: Replacements, language: str) -> bytes:
    """Writes the file with other texts. Raises what `read_file` raises."""
    texts = {str(number): [_rich_out(rich) for rich in those] for number, those in replacements.items()}
    wish = {"do": "write", "kind": kind, "name": name, "language": language, "texts": texts}
    return _ask(wish, data)[1]


def _ask(wish: Mapping[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Sends a wish to a child and reads its answer."""
    name = str(wish["name"])
    head = json.dumps(wish).encode()
    if not _AT_ONCE.acquire(timeout=WAIT_SECONDS):
        raise errors.FileReadingTooLong(name=name, seconds=WAIT_SECONDS)
    try:
        out, code = _run(_LENGTH.pack(len(head)) + head + data, name)
    finally:
        _AT_ONCE.release()
    return _answer(out, code, name)


def _run(sent: bytes, name: str) -> tuple[bytes, int]:
    """Starts a child, sends and receives; it is gone when this returns."""
    process = subprocess.Popen(
        [sys.executable, "-m", "webapp.text.readers"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )
    try:
        out, _ = process.communicate(sent, timeout=SECONDS + 5)
    except subprocess.TimeoutExpired as error:
        raise errors.FileReadingTooLong(name=name, seconds=SECONDS) from error
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    return out, process.returncode


def _answer(out: bytes, code: int, name: str) -> tuple[dict[str, Any], bytes]:
    if code < 0:  # the system ended it: out of time (SIGXCPU, SIGKILL) or of memory
        raise errors.FileReadingTooLong(name=name, seconds=SECONDS)
    if code or len(out) < _LENGTH.size:
        raise errors.FileDamaged(name=name, detail="reading it broke off")
    (length,) = _LENGTH.unpack_from(out)
    answer: dict[str, Any] = json.loads(out[_LENGTH.size : _LENGTH.size + length])
    if "error" in answer:
        kind = getattr(errors, str(answer["error"]), errors.FileDamaged)
        if not (isinstance(kind, type) and issubclass(kind, errors.QuatrainError)):
            kind = errors.FileDamaged
        raise kind(**answer["data"])
    return answer, out[_LENGTH.size + length :]


def _environment() -> dict[str, str]:
    """Nothing of the server's settings: the child needs to find its program, and no more."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return kept | {"PYTHONPATH": str(Path(webapp.__file__).resolve().parents[1]), "PYTHONUTF8": "1"}


def _block(one: Mapping[str, Any]) -> Block:
    kind = None if one["kind"] is None else ParagraphKind(one["kind"])
    marks = tuple(
        Mark(start, end, tag, tuple((str(a), str(b)) for a, b in attributes), number, parent)
        for number, (start, end, tag, attributes, parent) in enumerate(one["marks"])
    )
    return Block(one["text"], kind, marks, one["main"], one["place"])


def _rich_out(rich: Rich) -> list[Any]:
    return [rich.text, [[m.start, m.end, m.tag, m.number, m.parent] for m in rich.marks]]


# --- the child --------------------------------------------------------------------------------------------------------


def serve(stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Answers one wish."""
    _limit()
    (length,) = _LENGTH.unpack(stdin.read(_LENGTH.size))
    wish = json.loads(stdin.read(length))
    try:
        answer, data = _done(wish, stdin.read())
    except errors.QuatrainError as error:
        answer, data = {"error": type(error).__name__, "data": error.data}, b""
    except (MemoryError, RecursionError):
        detail = "it needs more memory than any article"
        answer, data = {"error": "FileTooComplex", "data": {"name": wish["name"], "detail": detail}}, b""
    head = json.dumps(answer).encode()
    stdout.write(_LENGTH.pack(len(head)) + head + data)
    stdout.flush()


def _done(wish: Mapping[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    from webapp.text.readers.opening import open_file  # noqa: PLC0415  (loads the readers: only the process that is bounded needs them)

    reading = wish["do"] == "read"
    opened = open_file(data, wish["kind"], wish["name"], boilerplate=reading and wish["boilerplate"])
    if not reading:
        texts = {int(number): [_rich_in(one) for one in those] for number, those in wish["texts"].items()}
        return {}, opened.write(texts, wish["language"])
    size = sum(len(block.text.encode()) + 2 for block in opened.blocks)
    if size > wish["max_text_bytes"]:
        raise errors.ArticleTooLarge(size_bytes=size, limit_bytes=wish["max_text_bytes"])
    return {"encoding": opened.encoding, "blocks": [_block_out(block) for block in opened.blocks]}, b""


def _block_out(block: Block) -> dict[str, Any]:
    marks = [[m.start, m.end, m.tag, m.attributes, m.parent] for m in block.marks]
    return {"text": block.text, "kind": block.kind, "marks": marks, "main": block.main, "place": block.place}


def _rich_in(one: Sequence[Any]) -> Rich:
    text, marks = one
    return Rich(text, tuple(Mark(start, end, tag, (), number, parent) for start, end, tag, number, parent in marks))


def _limit() -> None:
    """Bounds time and memory of this process, where the system can."""
    try:
        import resource  # noqa: PLC0415  (only a Unix has it)
    except ImportError:  # not a Unix: the parent's clock is all there is
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
