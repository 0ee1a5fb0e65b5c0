"""The main job needs no network: proved with sockets blocked, and in a network namespace that has no interface at all.

The job runs in a process of its own: the starters are installed from the clone, an article is submitted, drafted in rounds,
and the JSON endpoint gives back every sentence in three languages.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

MAIN_JOB = """
import json, socket, sys
from pathlib import Path

def refuse(*args, **kwargs):
    raise AssertionError("the network was asked for")

socket.getaddrinfo = socket.create_connection = refuse
real_connect = socket.socket.connect
socket.socket.connect = lambda self, address: real_connect(self, address) if self.family == socket.AF_UNIX else refuse()

from webapp.app import create_app, create_context
from webapp.config import Settings
from webapp.engine.translator import ArgosEngine
from webapp.jobs.presence import this_worker
from webapp.services.drafting import draft_round

settings = Settings(data_dir=Path(sys.argv[1]))
context = create_context(settings)
context.packages.install_starters()
client = create_app(context).test_client()
paragraphs = [
    "Un quai pour l’éolien",
    "Le port a ouvert lundi un nouveau quai. La ministre a salué « un accord historique ».",
    "La rédaction",
]
text = "\\n\\n".join(paragraphs)
created = client.post("/api/v1/articles", json={"text": text})
assert created.status_code == 202, created.get_data(as_text=True)
engine = ArgosEngine(context.packages, settings)
while draft_round(context.store, engine, this_worker()):
    pass
document = client.get(created.headers["Location"]).get_json()
page = client.get("/articles/" + document["id"]).get_data(as_text=True)
engine.close()
context.store.close()
print(json.dumps({"document": document, "page": page}))
"""


def run_main_job(tmp_path: Path, *prefix: str) -> dict[str, object]:
    command = [*prefix, sys.executable, "-c", MAIN_JOB, str(tmp_path / "data")]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def check(report: dict[str, object]) -> None:
    document, page = report["document"], str(report["page"])
    assert isinstance(document, dict)
    assert document["status"] == "done"
    sentences = [sentence for paragraph in document["paragraphs"] for sentence in paragraph["sentences"]]
    assert len(sentences) == 4
    for sentence in sentences:
        for target in ("en", "ru", "ko"):
            version = sentence["versions"][target]
            assert version["text"].strip() and version["state"] == "draft" and version["origin"] == "mt"
            assert (version["pivot"] is None) == (target == "en")
    assert {package["pair"] for package in document["packages"]} == {"fr-en", "en-ru", "en-ko"}
    assert {package["kind"] for package in document["packages"]} == {"starter"}
    assert 'lang="ko"' in page and 'lang="ru"' in page


@pytest.mark.slow
def test_the_whole_main_job_runs_with_sockets_blocked(tmp_path: Path) -> None:
    check(run_main_job(tmp_path))


def namespaces_allowed() -> bool:
    unshare = shutil.which("unshare")
    return bool(unshare) and not subprocess.run([str(unshare), "-rn", "true"], capture_output=True, check=False).returncode


@pytest.mark.slow
@pytest.mark.skipif(
    not namespaces_allowed(), reason="this machine allows no network namespace; the test with blocked sockets ran"
)
def test_the_whole_main_job_runs_in_a_namespace_without_interfaces(tmp_path: Path) -> None:
    check(run_main_job(tmp_path, "unshare", "-rn"))
