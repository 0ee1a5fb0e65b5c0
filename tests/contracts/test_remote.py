"""`quatrain push`, `watch` and `pull` in front of a real server."""

import json
from pathlib import Path

import pytest

from tests.contracts.conftest import Serving, clean_environment, run
from webapp.exports.document import DocumentModel

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]


@pytest.fixture
def environment(serving: Serving, tmp_path: Path) -> dict[str, str]:
    return clean_environment(tmp_path, QUATRAIN_URL=serving.address)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "dépêche.txt"
    path.write_text("Le port rouvre\n\nLe port de la ville rouvre lundi. La mairie est ravie.\n", encoding="utf-8")
    return path


def test_a_file_goes_there_is_drafted_and_comes_back(article: Path, environment: dict[str, str], tmp_path: Path) -> None:
    pushed = run(["push", str(article), "--to", "ko,en"], environment)
    assert (pushed.returncode, pushed.stderr) == (0, b"")
    article_id = pushed.stdout.decode().strip()
    assert run(["watch", article_id], environment).returncode == 0
    pulled = run(["pull", article_id], environment)
    document = DocumentModel.model_validate_json(pulled.stdout)
    assert (document.id, document.status, document.targets) == (article_id, "done", ["en", "ko"])
    output = tmp_path / "out.html"
    assert run(["pull", article_id, "--format", "html", "-o", str(output)], environment).stdout == b""
    assert output.read_text(encoding="utf-8").startswith("<!doctype html>")
    text = run(["pull", article_id, "-f", "text", "--to", "en"], environment).stdout.decode()
    assert text.strip()
    assert "===" not in text


def test_standard_input_is_pushed_and_waited_for(environment: dict[str, str]) -> None:
    pushed = run(["push", "-", "--to", "en", "--title", "Le port", "--watch"], environment, input=b"Le port rouvre lundi.")
    assert pushed.returncode == 0, pushed.stderr
    pulled = json.loads(run(["pull", pushed.stdout.decode().strip()], environment).stdout)
    assert (pulled["title"], pulled["status"]) == ("Le port", "done")


def test_the_same_file_pushed_again_is_the_same_article(article: Path, environment: dict[str, str]) -> None:
    first, again = (run(["push", str(article), "--to", "ru"], environment).stdout for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (["watch", "none"], 2, "There is no article"),
        (["pull", "none"], 2, "There is no article"),
        (["push", "/nothing/here.txt"], 2, "cannot be read"),
        (["pull", "none", "-o", "/nothing/here.html"], 2, "no folder"),
        (["push"], 2, "Missing argument"),
    ],
)
def test_mistakes_are_one_line_and_the_exit_code_of_bad_input(
    words: list[str], code: int, complaint: str, environment: dict[str, str]
) -> None:
    ended = run(words, environment)
    assert (ended.returncode, ended.stdout) == (code, b"")
    (line,) = ended.stderr.decode().splitlines()
    assert complaint in line


def test_an_unknown_language_and_an_unknown_format_are_bad_input(article: Path, environment: dict[str, str]) -> None:
    assert run(["push", str(article), "--to", "xx"], environment).returncode == 2
    article_id = run(["push", str(article), "--to", "en"], environment).stdout.decode().strip()
    assert run(["pull", article_id, "--format", "papyrus"], environment).returncode == 2


@pytest.mark.parametrize(("url", "code"), [("http://127.0.0.1:9", 1), ("nonsense", 2)])
def test_a_server_that_is_not_there_is_one_line(url: str, code: int, article: Path, tmp_path: Path) -> None:
    ended = run(["push", str(article)], clean_environment(tmp_path, QUATRAIN_URL=url))
    assert ended.returncode == code
    (line,) = ended.stderr.decode().splitlines()
    assert "QUATRAIN_URL" in line


def test_the_variables_of_a_client_do_not_disturb_a_server_of_ones_own(tmp_path: Path) -> None:
    ended = run(["keys", "list"], clean_environment(tmp_path, QUATRAIN_URL="http://x.example", QUATRAIN_API_KEY="qtn_x"))
    assert ended.returncode == 0
    assert "There is no key" in ended.stdout.decode()


def test_keys_are_made_listed_and_revoked_on_the_command_line(tmp_path: Path) -> None:
    environment = clean_environment(tmp_path)
    made = run(["keys", "add", "cms", "--scope", "translate,review", "--expires", "30d"], environment)
    secret = made.stdout.decode().strip()
    assert secret.startswith("qtn_")
    listed = run(["keys", "list"], environment).stdout.decode()
    assert "cms" in listed
    assert "translate,review" in listed
    assert secret not in listed
    assert run(["keys", "revoke", "cms"], environment).returncode == 0
    assert "revoked" in run(["keys", "list"], environment).stdout.decode()
    assert run(["keys", "revoke", "none"], environment).returncode == 2
    assert run(["keys", "add", "x", "--scope", "everything"], environment).returncode == 2
    assert run(["keys", "add", "x", "--expires", "soon"], environment).returncode == 2
    assert run(["keys", "remove", "cms"], environment).returncode == 0


def test_webhooks_are_registered_on_the_command_line(tmp_path: Path) -> None:
    environment = clean_environment(tmp_path)
    made = run(["webhooks", "add", "https://cms.example/hook", "--events", "article.drafted"], environment)
    assert len(made.stdout.decode().strip()) == 64
    assert "https://cms.example/hook  article.drafted" in run(["webhooks", "list"], environment).stdout.decode()
    assert run(["webhooks", "log", "1"], environment).returncode == 0
    assert run(["webhooks", "add", "http://127.0.0.1/"], environment).returncode == 2
    assert run(["webhooks", "remove", "1"], environment).returncode == 0
    assert run(["webhooks", "log", "1"], environment).returncode == 2
