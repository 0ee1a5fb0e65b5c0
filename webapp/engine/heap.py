"""How the C library keeps the memory that models work in.

glibc gives every thread a heap of its own and seldom gives back what a heap once held. The threads of three models then hold
a batch's worth of memory each, though only as many batches run as there are cores: measured with full-size packages on two
cores, 1,108 MB at most with heaps of their own and 715 MB with one for all, at the same speed (a batch allocates rarely and
in large pieces).
"""

import ctypes
from functools import cache
from typing import Final

_M_ARENA_MAX: Final = -8  # malloc.h


@cache
def share_one_heap() -> bool:
    """Makes the threads of this process that begin from now on share one heap; False where the C library has no such thing."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # not glibc: musl, macOS, Windows
        return False
    return bool(mallopt(_M_ARENA_MAX, 1))
