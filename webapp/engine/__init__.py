"""Argos packages and the machine that runs them.

Never here: the database, a request, sentences cut from texts.
"""

import os
from typing import Final

SPIN_VARIABLE: Final = "GOMP_SPINCOUNT"
_SPINS: Final = "1000"

# Where two threads share a batch (see `hop`), each waits for the other some thousand times a sentence. OpenMP waits by
# spinning, up to a millisecond each time: two of its threads that the system has put on one core, because the other is busy,
# keep each other from working, and two short sentences then took 6 s instead of 0.04 s. Where both are running some
# microseconds are enough; then it sleeps. The variable is read when CTranslate2 is loaded: nothing does that before this room.
os.environ.setdefault(SPIN_VARIABLE, _SPINS)
