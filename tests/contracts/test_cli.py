"""`quatrain`, as people and programs call it: what it prints, where, and with which exit code."""

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.contracts.conftest import clean_environment, command, run
from tests.fakes import FakeEngine
from webapp.cli.files import check_writable, write_output
from webapp.cli.group import COMMANDS, quatrain
from webapp.errors import QuatrainError
from webapp.exports.document import DocumentModel

FRENCH = "Le port rouvre lundi\n\nAprès deux ans de travaux, le port de la ville rouvre lundi. La ministre s’en réjouit.\n"
ENGLISH = "The harbour reopens on Monday after two years of work, and the minister of transport is delighted about it. " * 4


class Engine(FakeEngine):
    """The fake engine in the place of the real one."""

    def __init__(self, packages: object, settings: object) -> None:
        super().__init__()

    def close(self) -> None:
        """Nothing was loaded."""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(FRENCH, encoding="utf-8")
    return path


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that run in this process use the fake engine."""
    monkeypatch.setattr("webapp.engine.translator.ArgosEngine", Engine)


def call(*words: str, data_dir: Path | None = None, input: str | bytes | None = None, **settings: str) -> Result:
    """Runs a command in this process."""
    environment: dict[str, str | None] = {name: None for name in os.environ if name.startswith("QUATRAIN_")}
    environment |= settings
    if data_dir is not None:
        environment["QUATRAIN_DATA_DIR"] = str(data_dir)
    return CliRunner().invoke(quatrain, list(words), input=input, env=environment, prog_name="quatrain")


# --- translate, in this process ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("fake")
def test_json_is_the_document_and_the_only_thing_printed(article: Path, tmp_path: Path) -> None:
    done = call("translate", str(article), data_dir=tmp_path)
    assert (done.exit_code, done.stderr) == (0, "")
    document = DocumentModel.model_validate_json(done.stdout)
    assert (document.id, document.status, document.targets) == (None, "done", ["en", "ru", "ko"])
    assert document.title == "Le port rouvre lundi"
    assert document.paragraphs[1].sentences[1].versions["ru"].pivot == "[en] La ministre s’en réjouit."


@pytest.mark.usefixtures("fake")
def test_text_for_one_language_is_the_translation_and_nothing_else(article: Path, tmp_path: Path) -> None:
    done = call("translate", str(article), "--to", "en", "-f", "text", data_dir=tmp_path)
    assert done.stdout == (
        "[en] Le port rouvre lundi\n\n"
        "[en] Après deux ans de travaux, le port de la ville rouvre lundi. [en] La ministre s’en réjouit.\n"
    )


@pytest.mark.usefixtures("fake")
def test_languages_come_in_the_usual_order_each_once(article: Path, tmp_path: Path) -> None:
    done = call("translate", str(article), "--to", "ko, en,ko", data_dir=tmp_path)
    assert json.loads(done.stdout)["targets"] == ["en", "ko"]


@pytest.mark.usefixtures("fake")
def test_the_title_is_the_one_given(article: Path, tmp_path: Path) -> None:
    assert json.loads(call("translate", str(article), "--title", "Un titre", data_dir=tmp_path).stdout)["title"] == "Un titre"


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    ("ending", "beginning"), [(".html", "<!doctype html>"), (".txt", "=== English ==="), (".json", "{"), ("", "{")]
)
def test_the_format_is_what_the_file_name_ends_in(ending: str, beginning: str, article: Path, tmp_path: Path) -> None:
    output = tmp_path / f"out{ending}"
    done = call("translate", str(article), "-o", str(output), data_dir=tmp_path)
    assert (done.exit_code, done.output) == (0, "")
    assert output.read_text(encoding="utf-8").startswith(beginning)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["article.txt", output.name])


@pytest.mark.usefixtures("fake")
def test_a_named_format_wins_over_the_file_name(article: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.txt"
    call("translate", str(article), "-o", str(output), "-f", "json", data_dir=tmp_path)
    assert json.loads(output.read_text(encoding="utf-8"))["status"] == "done"


@pytest.mark.usefixtures("fake")
def test_a_file_that_is_written_over_keeps_its_permissions(article: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    output.write_text("old")
    output.chmod(0o640)
    call("translate", str(article), "-o", str(output), data_dir=tmp_path)
    assert output.stat().st_mode & 0o777 == 0o640


@pytest.mark.usefixtures("fake")
def test_a_result_that_cannot_be_written_leaves_the_old_one_whole(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    output = tmp_path / "out.json"
    output.write_text("old")
    monkeypatch.setattr("webapp.cli.files.os.fsync", fail)
    failed = call("translate", str(article), "-o", str(output), data_dir=tmp_path)
    assert failed.exit_code == 1
    assert "no room left" in failed.stderr
    assert output.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.txt", "out.json"]


@pytest.mark.usefixtures("fake")
def test_the_result_can_go_to_a_device(article: Path, tmp_path: Path) -> None:
    done = call("translate", str(article), "-o", "/dev/null", data_dir=tmp_path)
    assert (done.exit_code, done.output) == (0, "")


@pytest.mark.usefixtures("fake")
def test_text_that_is_not_french_is_refused_until_told_otherwise(tmp_path: Path) -> None:
    refused = call("translate", "-", input=ENGLISH, data_dir=tmp_path)
    assert refused.exit_code == 2
    assert "does not look French" in refused.stderr
    assert "--any-language" in refused.stderr
    assert call("translate", "-", "--any-language", input=ENGLISH, data_dir=tmp_path).exit_code == 0


WRONG: list[tuple[str, list[str], str | bytes | None, dict[str, str], str]] = [
    ("no command", ["nothing"], None, {}, "nothing"),
    ("no file", ["translate"], None, {}, "FILE"),
    ("a file that is not there", ["translate", "/nowhere/a.txt"], None, {}, "no such file"),
    ("a folder", ["translate", "/"], None, {}, "is a directory"),
    ("nothing in it", ["translate", "-"], "  \n\n", {}, "no readable text"),
    ("not a text", ["translate", "-"], b"\x00\x01\x02\x03" * 50, {}, ""),
    ("an unknown language", ["translate", "-", "--to", "en,xx"], FRENCH, {}, "“xx”"),
    ("no language", ["translate", "-", "--to", ","], FRENCH, {}, "--to"),
    ("an unknown format", ["translate", "-", "-f", "papyrus"], FRENCH, {}, "papyrus"),
    ("an unknown option", ["translate", "-", "--langs", "en"], FRENCH, {}, "--langs"),
    ("a folder that is not there", ["translate", "-", "-o", "/nowhere/out.json"], FRENCH, {}, "/nowhere"),
    ("a folder as the result", ["translate", "-", "-o", "/"], FRENCH, {}, "folder"),
    ("too much", ["translate", "-"], FRENCH * 20, {"QUATRAIN_MAX_ARTICLE_BYTES": "1000"}, "1000"),
    ("a setting that cannot be read", ["translate", "-"], FRENCH, {"QUATRAIN_BEAM_SIZE": "many"}, "QUATRAIN_BEAM_SIZE"),
    ("neither one article nor all", ["retranslate"], None, {}, "--all"),
    ("one article and all", ["retranslate", "x", "--all"], None, {}, "--all"),
    ("no file to import", ["models", "import"], None, {}, "FILE"),
    ("not a pair", ["models", "install", "french"], None, {}, "french"),
]


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("wrong", WRONG, ids=[wrong[0] for wrong in WRONG])
def test_bad_usage_and_bad_input_are_told_in_one_go_and_end_with_2(wrong: tuple[Any, ...], tmp_path: Path) -> None:
    _, words, given, settings, complaint = wrong
    ended = call(*words, input=given, data_dir=tmp_path / "data", **settings)
    assert ended.exit_code == 2, ended.output
    assert ended.stderr.startswith("quatrain: ")
    assert complaint in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_a_mistake_of_ours_is_one_line_and_ends_with_1(article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(*_: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr("webapp.engine.translator.ArgosEngine", explode)
    ended = call("translate", str(article), data_dir=tmp_path)
    assert ended.exit_code == 1
    assert ended.stderr.splitlines() == ["quatrain: ZeroDivisionError: by nought (QUATRAIN_LOG_LEVEL=debug shows more)"]


def test_ctrl_c_ends_with_130_and_without_a_word(article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("webapp.engine.translator.ArgosEngine", interrupt)
    ended = call("translate", str(article), data_dir=tmp_path)
    assert (ended.exit_code, ended.output.strip()) == (130, "")


def test_without_models_it_ends_with_3_and_names_the_command_that_mends_it(article: Path, tmp_path: Path) -> None:
    ended = call("translate", str(article), data_dir=tmp_path / "empty")
    assert ended.exit_code == 3
    assert "quatrain models install fr-en" in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    shown = call(name, "--help")
    assert shown.exit_code == 0
    assert shown.stdout.startswith(f"Usage: quatrain {name}")


def test_every_error_has_one_of_the_documented_exit_codes() -> None:
    classes = [QuatrainError]
    while classes:
        kind = classes.pop()
        assert kind.exit_code in {1, 2, 3}, kind
        classes += kind.__subclasses__()


# --- models and doctor ---------------------------------------------------------------------------------------------


def test_a_file_from_a_usb_stick_is_imported_listed_verified_and_removed(starters: Path, tmp_path: Path) -> None:
    from webapp.engine import packages

    file = packages.STARTER_DIR / "translate-fr_en-starter.argosmodel"
    imported = call("models", "import", str(file), data_dir=tmp_path)
    assert (imported.exit_code, imported.stdout) == (0, "fr-en 0.2 imported (starter, 19.9 MB)\n")
    assert call("models", "list", data_dir=tmp_path).stdout.split()[:3] == ["fr-en", "0.2", "starter"]
    verified = call("models", "verify", data_dir=tmp_path)
    assert verified.exit_code == 0
    assert verified.stdout.startswith("fr-en  ok  ")
    assert call("models", "remove", "fr-en", data_dir=tmp_path).exit_code == 0
    assert "models install" in call("models", "list", data_dir=tmp_path).stdout
    assert call("models", "remove", "fr-en", data_dir=tmp_path).exit_code == 3


def test_what_is_not_a_package_is_refused(article: Path, tmp_path: Path) -> None:
    refused = call("models", "import", str(article), data_dir=tmp_path / "data")
    assert refused.exit_code == 1
    assert "is not an Argos package" in refused.stderr
    assert call("models", "verify", data_dir=tmp_path / "data").exit_code == 1


def test_without_the_index_there_are_the_starters_and_one_line_that_says_so(tmp_path: Path) -> None:
    nowhere = {"QUATRAIN_PACKAGE_INDEX": "http://127.0.0.1:9/index.json"}
    made = call("models", "ensure", data_dir=tmp_path, **nowhere)
    assert made.exit_code == 0
    assert [line.split()[0] for line in made.stdout.splitlines()] == ["en-ko", "en-ru", "fr-en"]
    (line,) = made.stderr.splitlines()
    assert "starter packages" in line
    again = call("models", "ensure", data_dir=tmp_path, **nowhere)
    assert (again.exit_code, again.output) == (0, "")


def test_the_doctor_finds_nothing_wrong_with_a_good_installation(starters: Path) -> None:
    found = call("doctor", "--json", data_dir=starters, QUATRAIN_PORT="48044")
    assert found.exit_code == 0, found.output
    findings = json.loads(found.stdout)
    assert all(finding["ok"] and not finding["remedy"] for finding in findings)
    assert {"python", "settings", "data folder", "database", "queue", "packages", "port"} <= {f["name"] for f in findings}


def test_the_doctor_says_how_to_mend_what_is_wrong_and_changes_nothing(tmp_path: Path) -> None:
    found = call("doctor", data_dir=tmp_path / "data", QUATRAIN_HOST="192.0.2.1")
    assert found.exit_code == 1
    assert "quatrain models install" in found.stdout
    assert "QUATRAIN_ACCESS_TOKEN" in found.stdout
    assert not (tmp_path / "data").exists()


def test_the_doctor_reads_bad_settings_too(tmp_path: Path) -> None:
    found = call("doctor", data_dir=tmp_path, QUATRAIN_PORT="abc")
    assert found.exit_code == 1
    assert "QUATRAIN_PORT" in found.stdout


def test_what_the_starters_drafted_is_put_back_to_the_machine_once(tmp_path: Path) -> None:
    article_id = _drafted_article(tmp_path)
    unknown = call("retranslate", "nothere", data_dir=tmp_path)
    assert unknown.exit_code == 2
    assert "nothere" in unknown.stderr
    asked = call("retranslate", article_id, data_dir=tmp_path)
    assert (asked.exit_code, asked.stdout) == (0, "9 translations will be drafted again.\n")


def test_where_no_starter_drafted_there_is_nothing_to_do(tmp_path: Path) -> None:
    asked = call("retranslate", "--all", data_dir=tmp_path)
    assert (asked.exit_code, asked.stdout) == (0, "Nothing here was drafted by the starter packages.\n")


def _drafted_article(data_dir: Path) -> str:
    """Stores the French article and drafts it with an engine whose packages are starters."""
    from webapp.config import Settings
    from webapp.services.articles import create_article
    from webapp.services.drafting import draft_round
    from webapp.storage.store import Store
    from webapp.storage.workers import WorkerRow
    from webapp.text.read import read_article

    store = Store.open(Settings(data_dir=data_dir))
    with store.begin() as tx:
        article_id = create_article(tx, read_article(FRENCH, max_bytes=10_000), ("en", "ru", "ko"))
    while draft_round(store, FakeEngine(), WorkerRow("w", "here", 1, "")):
        pass
    store.close()
    return article_id


# --- as a process --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_pipe_gets_utf8_in_any_locale_and_nothing_but_the_result(article: Path, starters: Path) -> None:
    environment = clean_environment(starters, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    done = run(["translate", "-", "--to", "ko", "-f", "text"], environment, input=FRENCH.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert any("가" <= character <= "힣" for character in done.stdout.decode("utf-8"))


@pytest.mark.slow
def test_nothing_is_left_behind_but_what_was_asked_for(article: Path, starters: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(starters / "packages", data_dir / "packages")
    home = tmp_path / "home"
    home.mkdir()
    environment = clean_environment(
        data_dir, HOME=str(home), XDG_DATA_HOME=str(home), XDG_CACHE_HOME=str(home), XDG_CONFIG_HOME=str(home)
    )
    done = run(["translate", str(article), "--to", "en"], environment, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in data_dir.iterdir()] == ["packages"], "no database"
    assert list(home.rglob("*")) == []


@pytest.mark.slow
def test_a_reader_that_leaves_early_is_no_drama(article: Path, starters: Path) -> None:
    process = subprocess.Popen(
        command("translate", "-", "--to", "en"),
        env=clean_environment(starters),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin and process.stdout and process.stderr
    process.stdout.close()  # before there is anything to read, so that no pipe is deep enough to hide it
    process.stdin.write(FRENCH.encode())
    process.stdin.close()
    words = process.stderr.read()
    process.stderr.close()
    assert (process.wait(120), words) == (1, b"")


@pytest.mark.slow
def test_ctrl_c_ends_a_waiting_command(tmp_path: Path) -> None:
    # Whoever runs the tests in the background has them ignore it, and that is passed on.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            command("translate", "-"),
            env=clean_environment(tmp_path),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    time.sleep(5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.strip()) == (130, b"", b"")


@pytest.mark.slow
def test_a_person_at_a_terminal_is_told_what_to_do_and_how_far_it_is(starters: Path) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command("translate", "-", "--to", "en", "-f", "text"),
        env=clean_environment(starters, TERM="xterm"),
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    shown = _read_until(ours, "Ctrl-D")
    os.write(ours, FRENCH.encode() + b"\x04\x04")
    shown += _read_until(ours, "starter packages")
    assert process.stdout is not None
    result = process.stdout.read().decode()
    process.stdout.close()
    assert process.wait(60) == 0
    os.close(ours)
    assert "Paste the French text" in shown
    assert "Translating" in shown
    assert "█" in shown
    assert "█" not in result
    assert result.strip()


def _read_until(terminal: int, words: str, seconds: float = 120) -> str:
    shown, deadline = b"", time.monotonic() + seconds
    while words.encode() not in shown:
        assert time.monotonic() < deadline, shown
        if select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 4096)
    return shown.decode(errors="replace")


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="there is no file system in memory here")  # noqa: S108
def test_a_folder_in_memory_is_a_folder_though_it_lies_among_the_devices() -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        path = Path(name) / "out.txt"
        for content in (b"first and longer", b"second"):
            check_writable(path)
            write_output(path, content)
            assert path.read_bytes() == content
        assert list(Path(name).iterdir()) == [path]
