"""Every example in docs/api.md does what it says, against a live server."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.conftest import ROOT, Serving, clean_environment
from webapp.api.problems import error_classes
from webapp.exports.document import DocumentModel

MANUAL = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", MANUAL, re.MULTILINE | re.DOTALL)
SHELL = [code for language, code in BLOCKS if language == "sh"]
PYTHON = [code for language, code in BLOCKS if language == "python"]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]


def _here(code: str, serving: Serving) -> str:
    return code.replace("http://127.0.0.1:8044", serving.address)


@pytest.mark.parametrize("code", SHELL, ids=range(len(SHELL)))
def test_each_shell_example_succeeds(code: str, serving: Serving, tmp_path: Path) -> None:
    assert shutil.which("curl"), "install curl"
    own = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)}
    environment = clean_environment(tmp_path, **own)
    code = _here(code, serving).replace("/tmp/", f"{tmp_path}/")  # noqa: S108  (replaced by a folder of the test's own)
    done = subprocess.run(["sh", "-euc", code], capture_output=True, text=True, timeout=200, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert '"type"' not in done.stdout, done.stdout
    assert "application/problem+json" not in done.stdout


@pytest.mark.parametrize("code", PYTHON, ids=range(len(PYTHON)))
def test_each_python_example_succeeds(code: str, serving: Serving, tmp_path: Path) -> None:
    serving.request("POST", "/api/v1/translate", {"text": "Le port rouvre lundi.", "wait_seconds": 120})
    done = subprocess.run(
        [sys.executable, "-c", _here(code, serving)], capture_output=True, text=True, timeout=200, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_document_in_the_manual_is_one() -> None:
    (example,) = (code for language, code in BLOCKS if language == "json")
    model = DocumentModel.model_validate_json(example)
    assert model.model_dump(mode="json") == json.loads(example)


def test_every_problem_in_the_table_exists_with_the_status_it_says() -> None:
    rows = re.findall(r"^\| (\d{3}) \| (`[^|]+`) \|", MANUAL, re.MULTILINE)
    documented = {(int(status), slug) for status, cell in rows for slug in re.findall(r"`([\w-]+)`", cell)}
    assert len(documented) > 12
    assert documented <= {(kind.status, kind.slug) for kind in error_classes()}
