"""How the C library keeps the memory that models work in.

glibc gives every thread a heap of its own and seldom gives back what a heap once held. The threads of three models then hold
a batch's worth of memory each, though only as many batches run as there are cores: measured with full-size packages on two
cores, 1,108 MB at most with heaps of their own and 715 MB with one for all, at the same speed (a batch allocates rarely and
in large pieces). And it gives large pieces back to the system at once, only to be handed the same, zeroed, for the next step of
the decoder: keeping some saves a fiftieth of the time.
"""

import ctypes
from functools import cache
from typing import Final

# The names and numbers of malloc.h.
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8

_LARGEST_ON_HEAP: Final = 32 << 20  # bytes; glibc takes no larger one
_KEPT_FREE: Final = 256 << 20


@cache
def share_one_heap() -> bool:
    """Makes the threads of this process that begin from now on share one heap; False where the C library has no such thing."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # not glibc: musl, macOS, Windows
        return False
    wanted = ((_M_ARENA_MAX, 1), (_M_MMAP_THRESHOLD, _LARGEST_ON_HEAP), (_M_TRIM_THRESHOLD, _KEPT_FREE))
    return [mallopt(option, value) for option, value in wanted] == [1] * len(wanted)
