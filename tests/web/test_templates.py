"""Templates keep their promises: one root a fragment, nothing inline, every word translatable."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.web.conftest import Reader

TEMPLATES = Path(__file__).parents[2] / "templates"
STATIC = Path(__file__).parents[2] / "webapp" / "static"
ALL = sorted(TEMPLATES.glob("*.html"))
FRAGMENTS = [path for path in ALL if path.name.startswith("_")]
VOID = {"input", "path", "circle", "use", "meta", "link", "br", "img"}
SPOKEN = ("title", "aria-label", "placeholder", "alt")
ITSELF = re.compile(
    r"Quatrain|Ctrl|Alt [A-Z]|Alt|Esc|Tab|SHA-256|[jklhpnwbz/?]|(?<![A-Za-z])[A-Z](?![A-Za-z])"
    r"|[△⇧!()]|[1-49–·…↓↑←→+↵≥:,.%#]|\s|&[a-z]+;"
)


class Roots(HTMLParser):
    """Counts elements at the top level, and keeps their ids."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.roots = 0, list[str | None]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth == 0:
            self.roots.append(dict(attrs).get("id"))
        if tag not in VOID:
            self.depth += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.depth -= 1


def without_code(source: str) -> str:
    """The markup of a template; expressions become a letter, `else` branches and loops stay as they are."""
    return re.sub(r"{{.*?}}", "x", re.sub(r"{%.*?%}|{#.*?#}", "", source, flags=re.DOTALL), flags=re.DOTALL)


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: path.name)
def test_a_fragment_has_one_root_element_with_an_id(path: Path) -> None:
    parser = Roots()
    parser.feed(without_code(path.read_text()))
    assert len(parser.roots) == 1
    assert parser.roots[0]
    assert parser.depth == 0


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: path.name)
def test_a_fragment_takes_its_own_arguments_and_never_asks(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"\b(request|session|g|config|context)\.", source)
    assert "{% include" not in source
    assert "{% extends" not in source


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_nothing_is_inline(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert not re.search(r"\sstyle=|<style", source)
    assert not re.search(r"\son\w+=|javascript:|hx-on|hx-vals=.js:|hx-headers=.js:", source)
    assert not re.search(r"hx-trigger=\"[^\"]*\[", source)  # a filter is evaluated code
    assert "|safe" not in source


def test_no_script_writes_markup_or_evaluates_text() -> None:
    for path in STATIC.glob("*.js"):
        assert not re.search(
            r"\.innerHTML|\.outerHTML\s*=|document\.write|\beval\(|new Function|insertAdjacentHTML", path.read_text()
        ), path.name


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_word_can_be_translated(path: Path) -> None:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    tree = environment.parse(path.read_text())
    pieces = "\N{OBJECT REPLACEMENT CHARACTER}".join(
        data.data for output in tree.find_all(nodes.Output) for data in output.nodes if isinstance(data, nodes.TemplateData)
    )
    words = re.sub(r"<[^>]*>|^[^<]*>|<[^>]*$", "", pieces.replace("\N{OBJECT REPLACEMENT CHARACTER}", ""))
    assert not ITSELF.sub("", words), f"say these with _(): {ITSELF.sub('', words)}"
    for name in SPOKEN:
        for value in re.findall(rf'\s{name}="([^"]*)"', path.read_text()):
            assert not ITSELF.sub("", re.sub(r"{{.*?}}|{%.*?%}", "", value)), f"{name}={value}"


def test_a_fragment_that_lacks_an_argument_fails_instead_of_printing_nothing(reader: Reader) -> None:
    from jinja2 import UndefinedError

    from webapp.web.fragments import fragment

    with reader.app.test_request_context(), pytest.raises(UndefinedError):
        fragment("_problem.html")
