"""OpenMP's threads do not keep each other from working on a busy machine."""

import os
import subprocess
import sys

import pytest

from webapp.engine import SPIN_VARIABLE

ASK = f"""
import os, sys
import webapp.engine.hop
print(os.environ[{SPIN_VARIABLE!r}])
"""


def spins(**given: str) -> int:
    """How often a thread of a process that loads the engine looks whether the other is ready before it sleeps."""
    environment = {name: value for name, value in os.environ.items() if name != SPIN_VARIABLE} | given
    done = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.slow
def test_a_thread_that_waits_for_the_other_soon_sleeps_unless_somebody_wants_it_otherwise() -> None:
    assert 0 < spins() <= 3000
    assert spins(GOMP_SPINCOUNT="77") == 77


def test_it_is_said_before_the_engine_is_loaded() -> None:
    unwanted = "import sys, webapp.engine; assert 'ctranslate2' not in sys.modules"
    subprocess.run([sys.executable, "-c", unwanted], check=True)
