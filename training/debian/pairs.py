"""Read sentence pairs out of extracted files.

usage: python -m training.debian.pairs EXTRACTED LANGUAGE OUT.tsv [--english-first]

Reads gettext catalogues (``.mo``, ``.po``), help pages and documents (``.html``, ``.page``; aligned block by block when both
languages have the same blocks), and message files (``en.json`` beside ``fr.json``).  Markup and accelerators are taken out,
texts are cut into sentences where both sides have as many, pairs of implausible length or script are dropped.
"""

from __future__ import annotations

import argparse
import gettext
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training import corpus
from training.corpus import TextPair

TAG = re.compile(r"<[^<>]{1,300}>")
ACCELERATOR = re.compile(r"\(&?[A-Z0-9]\)|\(_[A-Z0-9]\)|&(?=\w)|(?<!\w)_(?=\w)")
SPACE = re.compile(r"[\s\u00a0\u202f]+")
SENTENCE = re.compile(r"(?<=[.!?…])[\"»”’)\]]?\s+(?=[\"«“‘(\[]?[A-ZÀ-ÖØ-ÞА-ЯЁ0-9\uac00-\ud7a3])")
ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|Mr|Mrs|Dr|St|No|p\.\s?ex|cf|M|т\.\s?е|т\.\s?д|т\.\s?п|г|др|см|[A-Z])\.$")
CODE = re.compile(r"[\\{}<>=|~^`_/]{2}|[A-Za-z]_[A-Za-z]|\w\(\)|--\w|::|\\[a-z]|https?:|@")
RATIO = {"ru": (0.4, 2.6), "ko": (0.18, 1.6)}
USUAL_RATIO = (0.45, 2.6)
BLOCKS = frozenset(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "title", "td", "th", "desc", "caption"])
LEAST_BLOCKS = 4
LONGEST = 650


def clean(text: str) -> str:
    """Take markup, accelerators and soft hyphens out of a text, and make its spaces plain."""
    text = html.unescape(text.replace("\u00ad", "").replace("\u200b", ""))
    return SPACE.sub(" ", ACCELERATOR.sub("", TAG.sub(" ", text))).strip(" *|•")


def sentences(text: str) -> list[str]:
    """Cut a text into sentences, not after abbreviations."""
    found, start = [], 0
    for match in SENTENCE.finditer(text):
        sentence = (text[start : match.start()] + match[0].rstrip()).strip()
        if not ABBREVIATION.search(sentence):
            found.append(sentence)
            start = match.end()
    return [each for each in (*found, text[start:].strip()) if each]


def letters(text: str) -> int:
    """Count letters."""
    return sum(map(str.isalpha, text))


def plausible(english: str, other: str, language: str) -> bool:
    """Tell whether two texts can be translations of each other."""
    if not english or not other or (english == other and len(english) > 25) or max(len(english), len(other)) > LONGEST:
        return False
    if CODE.search(english) or letters(english) < max(2, 0.55 * len(english.replace(" ", ""))) or letters(other) < 1:
        return False
    own = len(re.findall(corpus.LANGUAGES[language].letter, other))
    if own < 0.4 * letters(other) or corpus.foreign_letters(english, "en") or corpus.foreign_letters(other, language):
        return False
    low, high = RATIO.get(language, USUAL_RATIO)
    ratio = (len(other) + 3) / (len(english) + 3)
    return low < ratio < high if len(english) > 20 else low * 0.4 < ratio < high * 2


def cut(english: str, other: str) -> Iterator[TextPair]:
    """Yield the sentence pairs of two texts, or the texts when their sentences do not match in number."""
    left, right = sentences(clean(english)), sentences(clean(other))
    if len(left) == len(right):
        yield from zip(left, right, strict=True)
    else:
        yield clean(english), clean(other)


def catalogue(path: Path) -> Iterator[TextPair]:
    """Yield the messages of a compiled gettext catalogue, singular forms only."""
    with path.open("rb") as file:
        messages: dict[Any, Any] = getattr(gettext.GNUTranslations(file), "_catalog", {})
    for key, value in messages.items():
        name = key[0] if isinstance(key, tuple) and key[1] == 0 else key
        if isinstance(name, str) and name:
            yield name.rpartition("\x04")[2], value


def po_file(path: Path) -> Iterator[TextPair]:
    """Yield the messages of a gettext source file that are not fuzzy."""
    for entry in re.split(r"\n\s*\n", path.read_text(encoding="utf-8", errors="replace")):
        if not re.search(r"^#,.*fuzzy", entry, re.MULTILINE):
            fields = dict(re.findall(r'^(msgid|msgstr(?:\[0\])?)\s+((?:".*"\s*)+)', entry, re.MULTILINE))
            texts = ["".join(re.findall(r'"((?:[^"\\]|\\.)*)"', fields.get(name, ""))) for name in ("msgid", "msgstr")]
            if all(texts):
                yield texts[0].replace('\\"', '"').replace("\\n", "\n"), texts[1].replace('\\"', '"').replace("\\n", "\n")


def blocks(path: Path) -> list[tuple[str, str]]:
    """Return (tag, text) of a page's innermost blocks."""
    from lxml import etree  # type: ignore[import-untyped, import-not-found, unused-ignore]  # group `training`

    data = path.read_bytes()
    parser: Any = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(data, parser) if path.suffix == ".page" else etree.HTML(data)
    found = []
    for element in root.iter() if root is not None else ():
        tags = [str(each.tag).rpartition("}")[2].lower() for each in element.iter()]
        if tags[0] in BLOCKS and not BLOCKS.intersection(tags[1:]):
            found.append((tags[0], " ".join("".join(element.itertext()).split())))
    return [block for block in found if block[1]]


def pages(english: Path, other: Path) -> Iterator[TextPair]:
    """Yield the blocks of two pages that have the same blocks."""
    left, right = blocks(english), blocks(other)
    if len(left) >= LEAST_BLOCKS and [tag for tag, _ in left] == [tag for tag, _ in right]:
        yield from ((one[1], two[1]) for one, two in zip(left, right, strict=True))


def messages(english: Any, other: Any) -> Iterator[TextPair]:
    """Yield the strings that two JSON values have at the same place."""
    if isinstance(english, dict) and isinstance(other, dict):
        for key in english.keys() & other.keys():
            yield from messages(english[key], other[key])
    elif isinstance(english, str) and isinstance(other, str):
        yield english, other


def english_twin(path: Path, language: str) -> Path | None:
    """Return the English page beside a translated one."""
    for mine in (f"/{language}/", f"/{language}-{language.upper()}/"):
        for its in ("/C/", "/en/", "/en-US/"):
            twin = Path(str(path).replace(mine, its, 1))
            if mine in str(path) and twin.exists():
                return twin
    return None


def pairs_of(path: Path, language: str) -> Iterator[TextPair]:
    """Yield the raw pairs of a file, English first."""
    ours = re.compile(rf"/{language}(?:_[A-Z]{{2}})?/|[/_.-]{language}(?:[_-][A-Z]{{2}})?\.po$")
    if path.suffix == ".mo" and ours.search(str(path)):
        yield from catalogue(path)
    elif path.suffix == ".po" and ours.search(str(path)):
        yield from po_file(path)
    elif path.suffix in (".html", ".page") and (twin := english_twin(path, language)):
        yield from pages(twin, path)
    elif path.name == f"{language}.json" and (english := path.with_name("en.json")).exists():
        yield from messages(*(json.loads(each.read_text(encoding="utf-8")) for each in (english, path)))


def harvest(folder: Path, language: str) -> Iterator[TextPair]:
    """Yield the plausible pairs below a folder, English first, each once."""
    seen = set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            raw = list(pairs_of(path, language))
        except (OSError, ValueError, UnicodeError):  # a broken catalogue or page costs its own pairs only
            continue
        for whole in raw:
            for pair in cut(*whole):
                if pair not in seen and plausible(*pair, language):
                    seen.add(pair)
                    yield pair


def main() -> None:
    """Write the pairs of a language to a two-column file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("extracted", type=Path)
    parser.add_argument("language", choices=sorted(corpus.LANGUAGES.keys() - {"en"}))
    parser.add_argument("out", type=Path)
    parser.add_argument("--english-first", action="store_true", help="English in the first column (for en-xx)")
    options = parser.parse_args()
    with options.out.open("w", encoding="utf-8") as out:
        for english, other in harvest(options.extracted, options.language):
            out.write("\t".join((english, other) if options.english_first else (other, english)) + "\n")


if __name__ == "__main__":
    main()
