"""Importing anything does nothing, and the web process stays free of the engine's libraries."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

IMPORT_EVERYTHING = """
import json, os, pkgutil, sys
done = []
def hook(event, args):
    if event in {"socket.connect", "os.mkdir", "os.remove", "os.rename", "subprocess.Popen", "os.system"}:
        done.append([event, str(args[0])])
    elif event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        done.append([event, str(args[0])])
sys.dont_write_bytecode = True
import webapp
sys.addaudithook(hook)
names = [m.name for m in pkgutil.walk_packages(webapp.__path__, "webapp.") if ".migrations" not in m.name]
for name in names:
    if not name.endswith("__main__"):
        __import__(name)
print(json.dumps({"done": done, "modules": names}))
"""

SERVE_A_PAGE = """
import json, sys, tempfile
from pathlib import Path
from webapp.app import create_app, create_context
from webapp.config import Settings
context = create_context(Settings(data_dir=Path(tempfile.mkdtemp())))
client = create_app(context).test_client()
answers = [client.get(path).status_code for path in ("/", "/articles/new", "/models", "/api/v1/languages", "/healthz")]
context.store.close()
heavy = {"ctranslate2", "sentencepiece", "argostranslate", "numpy"} & set(sys.modules)
print(json.dumps({"answers": answers, "heavy": sorted(heavy)}))
"""


def run_python(code: str) -> dict[str, list[object]]:
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def test_importing_any_module_connects_writes_and_starts_nothing() -> None:
    report = run_python(IMPORT_EVERYTHING)
    assert report["done"] == []
    assert "webapp.engine.translator" in report["modules"]


def test_the_web_process_answers_without_the_engines_libraries() -> None:
    report = run_python(SERVE_A_PAGE)
    assert report["answers"] == [200, 200, 200, 200, 200]
    assert report["heavy"] == []
