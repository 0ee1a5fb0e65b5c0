"""`quatrain translate` and the JSON endpoint give the same, with the real engine, on the product's own sample.

The article is drafted alone: in int8 the other sentences of a batch can decide between two words that are about equally
probable (see test_same_as_argos).
"""

import json
import time
from pathlib import Path

import pytest

import webapp
from tests.contracts.conftest import Serving, clean_environment, run

SAMPLE = Path(webapp.__file__).parent / "web" / "sample.fr.txt"
OF_THE_STORE = ("id", "created_at", "revision")

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]


def test_the_command_line_and_the_endpoint_give_the_same_document(serving: Serving, starters: Path) -> None:
    typed = run(["translate", str(SAMPLE)], clean_environment(starters))
    assert (typed.returncode, typed.stderr) == (0, b"")
    while any(
        article["status"] in {"waiting", "running"} for article in serving.request("GET", "/api/v1/articles")[1]["articles"]
    ):
        time.sleep(0.1)
    status, answered = serving.request(
        "POST", "/api/v1/translate", {"text": SAMPLE.read_text(encoding="utf-8"), "wait_seconds": 300}
    )
    assert (status, answered["status"]) == (200, "done")
    written = json.loads(typed.stdout)
    assert (written["id"], written["created_at"], written["revision"]) == (None, None, 0)
    for member in OF_THE_STORE:
        del written[member], answered[member]
    assert written == answered
    assert list(written) == list(answered)
    assert [package["kind"] for package in written["packages"]] == ["starter"] * 3
