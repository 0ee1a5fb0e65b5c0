"""The engine translates a paragraph into three targets with the shipped packages and asks no network for anything.

Unit tests run with sockets blocked, so the first test proves it by running. The second runs the same in a network namespace that
has no interface at all, not even loopback.
"""

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_socket import SocketBlockedError

from webapp.config import Settings
from webapp.engine.packages import PackageStore
from webapp.engine.translator import ArgosEngine

ROOT = Path(__file__).parents[3]
PARAGRAPH = (
    "Le ministre russe des Affaires étrangères a salué vendredi la coopération entre les deux pays.",
    "Les négociations reprendront en mars à Genève.",
    "Un Accord Historique pour le Climat Mondial",
    "12 %",
)

IN_A_PROCESS = """
import json, sys
from pathlib import Path
from webapp.config import Settings
from webapp.engine.packages import PackageStore
from webapp.engine.translator import ArgosEngine

settings = Settings(data_dir=Path(sys.argv[1]), engine_threads=2)
engine = ArgosEngine(PackageStore(settings), settings)
drafts = {}
for part in engine.draft(json.loads(sys.argv[2]), source="fr", targets=["en", "ru", "ko"]):
    drafts.setdefault(part.target, []).extend(draft.text for draft in part.drafts)
engine.close()
print(json.dumps(drafts))
"""


@pytest.fixture(scope="module")
def engine(starters: PackageStore, starter_settings: Settings) -> Iterator[ArgosEngine]:
    engine = ArgosEngine(starters, starter_settings)
    yield engine
    engine.close()


def is_written_in(target: str, text: str) -> bool:
    low, high = {"en": ("a", "z"), "ru": ("а", "я"), "ko": ("가", "힣")}[target]
    return any(low <= c <= high for c in text.lower())


def check(drafts: dict[str, list[str]]) -> None:
    assert list(drafts) == ["en", "ru", "ko"]
    for target, texts in drafts.items():
        assert len(texts) == len(PARAGRAPH)
        assert all(is_written_in(target, text) for text in texts[:3])
        assert texts[3] == "12 %"


def test_a_paragraph_goes_into_three_languages_with_sockets_blocked(engine: ArgosEngine) -> None:
    with pytest.warns(UserWarning, match="tried to use"), pytest.raises(SocketBlockedError):
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    drafts: dict[str, list[str]] = {}
    for part in engine.draft(PARAGRAPH, source="fr", targets=["en", "ru", "ko"]):
        drafts.setdefault(part.target, []).extend(draft.text for draft in part.drafts)
    check(drafts)


@pytest.mark.slow
def test_a_paragraph_goes_into_three_languages_in_a_process_without_any_network_interface(starter_settings: Settings) -> None:
    namespace = [shutil.which("unshare") or "unshare", "-rn"]
    try:
        subprocess.run([*namespace, "true"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        namespace = []  # not permitted here: the process then runs with the network it has, and the test above is the proof
    command = [*namespace, sys.executable, "-c", IN_A_PROCESS, str(starter_settings.data_dir), json.dumps(PARAGRAPH)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    check(json.loads(done.stdout))


def test_equal_texts_have_equal_drafts_whatever_stands_beside_them(engine: ArgosEngine) -> None:
    def english(*sentences: str) -> list[str]:
        return [draft.text for part in engine.draft(sentences, source="fr", targets=["en"]) for draft in part.drafts]

    alone = english(PARAGRAPH[1])
    assert english(PARAGRAPH[1], "12 %", PARAGRAPH[1]) == [*alone, "12 %", *alone]


ODD = (
    "🚀🚀 décollage réussi ⁇ <unk> ▁ </s>",
    "안녕하세요 Москва et Пекин",
    "e\u0301te\u0301\u00a0: l\u2019\u202f«\u202fhiver\u202f» \u200b",
    "a" * 3000,
    "non " * 400,
    "@#!? x",
    "Ça… alors !!! (voir p. 12, n° 3)",
    "\u2047\u2047",
    "ﬁn № ½ ²",
)


@pytest.mark.slow
def test_the_tokenizers_marks_reach_no_reader_whatever_is_sent(engine: ArgosEngine) -> None:
    for part in engine.draft(ODD, source="fr", targets=["en", "ru", "ko"]):
        for sentence, draft in zip(ODD[part.start :], part.drafts, strict=False):
            for text in (draft.text, draft.pivot or "x"):
                assert not any(mark in text for mark in ("<unk>", "⁇", "▁", "</s>")), (sentence, text)
                assert text == text.strip() != ""
            assert 0.0 <= draft.confidence <= 1.0
            assert all(len(t.attention) in {0, len(t.source_pieces) * len(t.target_pieces)} for t in draft.traces)
