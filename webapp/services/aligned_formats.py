"""An alignment without an article, written out: TSV, JSON, TMX, HTML."""

import json
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Final
from xml.etree import ElementTree as ET

from webapp.align.beads import Bead
from webapp.exports.units import TOOL, XML_LANG, clean, locale, write_xml
from webapp.languages import LANGUAGES, SOURCE
from webapp.services.aligning import Aligned

DOUBTFUL: Final = 0.8
"""Below this score a bead is marked as doubtful (see bench/align.py for what the scores are worth)."""

_STYLE: Final = """
:root { color-scheme: light dark; --ink: light-dark(#1d1b18, #e8e4dc); --paper: light-dark(#fdfcf9, #171614);
  --rule: light-dark(#e6e1d7, #33302b); --quiet: light-dark(#635d54, #aaa397); --warn: light-dark(#8f4400, #f0a35e); }
body { margin: 0; padding: 2rem clamp(1rem, 4vw, 4rem); background: var(--paper); color: var(--ink);
  font: 1rem/1.55 "Source Serif 4", "Noto Serif", Georgia, "Noto Serif CJK KR", serif; }
table { width: 100%; max-width: 76rem; margin: 0 auto; border-collapse: collapse; table-layout: fixed; }
th, td { padding: .5rem 1rem .5rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; text-align: start; }
th:last-child, td:last-child { width: 8rem; color: var(--quiet); font: .75rem/1.9 system-ui, sans-serif; }
td p { margin: 0; } td p + p { margin-top: .4rem; } :lang(ko) { word-break: keep-all; }
.doubt td:last-child, .omitted td:last-child, .added td:last-child { color: var(--warn); }
"""


def to_json(aligned: Aligned) -> str:
    """The segments of both sides and the beads, with indices into them."""
    return json.dumps(as_dict(aligned), ensure_ascii=False, indent=1) + "\n"


def as_dict(aligned: Aligned) -> dict[str, object]:
    """The same as plain values."""
    return {"source": list(aligned.source), "target": list(aligned.target), "beads": [bead_dict(b) for b in aligned.beads]}


def bead_dict(bead: Bead) -> dict[str, object]:
    """One bead as plain values; the score with three decimals."""
    return {"source": list(bead.source), "target": list(bead.target), "score": round(bead.score, 3)}


def to_tsv(aligned: Aligned) -> str:
    """A line a bead: source, target, score; the segments of one side apart by a space, an omission or addition empty."""
    return "".join(f"{_cell(a)}\t{_cell(b)}\t{bead.score:.3f}\n" for bead, a, b in _rows(aligned))


def _cell(segments: list[str]) -> str:
    return " ".join(" ".join(segments).split())


def to_tmx(aligned: Aligned) -> str:
    """TMX 1.4 of what has a counterpart, each unit with its score as a property."""
    root = ET.Element("tmx", version="1.4")
    header = {"creationtool": TOOL, "creationtoolversion": "1", "segtype": "sentence", "o-tmf": TOOL, "adminlang": "en-US"}
    ET.SubElement(root, "header", header | {"srclang": locale(SOURCE), "datatype": "plaintext"})
    body = ET.SubElement(root, "body")
    for number, (bead, source, target) in enumerate(_rows(aligned)):
        if bead.is_match:
            unit = ET.SubElement(body, "tu", tuid=str(number))
            ET.SubElement(unit, "prop", type="x-score").text = f"{bead.score:.3f}"
            for language, texts in ((SOURCE, source), (aligned.language, target)):
                variant = ET.SubElement(unit, "tuv", {XML_LANG: locale(language)})
                ET.SubElement(variant, "seg").text = clean(" ".join(texts))
    return write_xml(root, '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n')


def to_html(aligned: Aligned) -> str:
    """One page that needs nothing else: both texts side by side, doubt and gaps said in words."""
    ours, theirs = LANGUAGES[SOURCE].endonym, LANGUAGES[aligned.language].endonym
    head = f'<th scope="col" lang="{SOURCE}">{ours}</th><th scope="col" lang="{aligned.language}">{theirs}</th>'
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="generator" content="Quatrain">\n'
        f"<title>{ours} – {theirs}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<table>\n"
        f'<thead><tr>{head}<th scope="col">Sureness</th></tr></thead>\n<tbody>\n'
        + "".join(_html_rows(aligned))
        + "</tbody>\n</table>\n</main>\n</body>\n</html>\n"
    )


def _html_rows(aligned: Aligned) -> Iterator[str]:
    for bead, source, target in _rows(aligned):
        kind, word = _judgement(bead)
        cells = "".join(
            f'<td lang="{language}">{"".join(f"<p>{escape(clean(text))}</p>" for text in texts)}</td>'
            for language, texts in ((SOURCE, source), (aligned.language, target))
        )
        yield f'<tr class="{kind}">{cells}<td>{word}</td></tr>\n'


def _judgement(bead: Bead) -> tuple[str, str]:
    if not bead.target:
        return "omitted", "– left out"
    if not bead.source:
        return "added", "+ added"
    return ("doubt", f"? doubtful ({bead.score:.0%})") if bead.score < DOUBTFUL else ("sure", f"{bead.score:.0%}")


def _rows(aligned: Aligned) -> Iterator[tuple[Bead, list[str], list[str]]]:
    for bead in aligned.beads:
        yield bead, [aligned.source[i] for i in bead.source], [aligned.target[j] for j in bead.target]


FORMATS: Final[Mapping[str, Callable[[Aligned], str]]] = {"tsv": to_tsv, "json": to_json, "tmx": to_tmx, "html": to_html}
