"""The evidence for word links, packed small: pieces and attention of every hop of a draft.

Layout before compression (zlib): one byte, the layout's number; then for every hop three blocks, each a four-byte
big-endian length and its bytes: source pieces and target pieces (UTF-8, separated by a zero byte) and attention.
"""

import struct
import zlib
from collections.abc import Sequence
from typing import Final

from webapp.engine.base import HopTrace

_LAYOUT: Final = 1
_LENGTH: Final = struct.Struct(">I")


def pack(traces: Sequence[HopTrace]) -> bytes | None:
    """Packs the traces of one draft; None when there are none."""
    if not traces:
        return None
    parts = [bytes([_LAYOUT])]
    for trace in traces:
        for block in (_join(trace.source_pieces), _join(trace.target_pieces), trace.attention):
            parts += [_LENGTH.pack(len(block)), block]
    return zlib.compress(b"".join(parts), 6)


def unpack(packed: bytes | None) -> tuple[HopTrace, ...]:
    """Gives back what `pack` was given, one trace a hop. Raises ValueError on a layout this program does not know."""
    if packed is None:
        return ()
    data = zlib.decompress(packed)
    if data[0] != _LAYOUT:
        raise ValueError(f"traces in layout {data[0]} cannot be read")
    blocks, place = [], 1
    while place < len(data):
        (length,) = _LENGTH.unpack_from(data, place)
        place += _LENGTH.size + length
        blocks.append(data[place - length : place])
    return tuple(HopTrace(_split(blocks[n]), _split(blocks[n + 1]), blocks[n + 2]) for n in range(0, len(blocks), 3))


def _join(pieces: Sequence[str]) -> bytes:
    # Every piece is followed by a zero, so that no pieces and one empty piece differ. Pieces never hold a zero.
    return "".join(piece + "\0" for piece in pieces).encode()


def _split(block: bytes) -> tuple[str, ...]:
    return tuple(block.decode().split("\0")[:-1])
