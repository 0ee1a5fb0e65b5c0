"""HTML: one file that needs nothing else, to read, send and print; French and its versions side by side.

No address outside the file. Pointing at a sentence lights up its counterparts by CSS alone. Where the document brings word
links, a small script shows them; the file's own Content-Security-Policy lets nothing run but that.
"""

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files

from webapp.domain import UNTRANSLATED, Document, DocumentParagraph, DocumentSentence, JobStatus, PackageKind
from webapp.exports.print_html import print_html
from webapp.exports.registry import Format
from webapp.languages import LANGUAGES

LIT_SENTENCES = 40
"""Sentences of a paragraph that light up their counterparts; the style sheet holds one rule for each."""

STARTER_NOTE = (
    "Drafted by the small starter packages that Quatrain ships, not by the official ones: expect clumsy sentences and check "
    "names and figures."
)


def render(document: Document, targets: Sequence[str] | None = None) -> str:
    """Writes the page: a table with one row a paragraph, its first column the source. All text is escaped."""
    columns = (document.source, *(document.targets if targets is None else targets))
    return "\n".join(_lines(document, columns)) + "\n"


def _lines(document: Document, columns: Sequence[str]) -> Iterator[str]:
    title = escape(document.title)
    style, script = _style(document), _script(document)
    yield f'<!doctype html>\n<html lang="{escape(document.source)}">\n<head>\n<meta charset="utf-8">'
    yield from _policy(style, script)
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">\n<meta name="generator" content="Quatrain">'
    yield f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{title}</h1>"
    yield from _notes(document)
    yield f'<table class="n{len(columns)}">\n<thead>\n<tr>'
    yield from (f'<th scope="col" lang="{escape(c)}">{escape(LANGUAGES[c].endonym)}</th>' for c in columns)
    yield "</tr>\n</thead>\n<tbody>"
    yield from (_row(paragraph, columns, document.source) for paragraph in document.paragraphs)
    yield "</tbody>\n</table>\n</main>"
    yield from _footer(document)
    if script:
        yield f"<script>{script}</script>"
    yield "</body>\n</html>"


def _notes(document: Document) -> Iterator[str]:
    if any(package.kind is PackageKind.STARTER for package in document.packages):
        yield f'<p class="note" lang="en">{escape(STARTER_NOTE)}</p>'
    if document.job.status is not JobStatus.DONE:
        progress = f"Drafting is not complete: {document.job.done} of {document.job.total} translations."
        yield f'<p class="note" lang="en">{progress}</p>'


def _row(paragraph: DocumentParagraph, columns: Sequence[str], source: str) -> str:
    cells = "".join(_cell(paragraph, column, source) for column in columns)
    return f'<tr class="{paragraph.kind.value}">{cells}</tr>'


def _cell(paragraph: DocumentParagraph, column: str, source: str) -> str:
    is_source = column == source
    spans = [span for span in (_sentence(s, column, source) for s in paragraph.sentences) if span]
    lang = escape(paragraph.language or source if is_source else column)
    name, place = escape(LANGUAGES[column].endonym), "" if is_source else column
    return f'<td lang="{lang}" data-column="{place}" data-name="{name}"><p>{"".join(spans).rstrip()}</p></td>'


def _sentence(sentence: DocumentSentence, column: str, source: str) -> str:
    text = sentence.text if column == source else sentence.translations.get(column, UNTRANSLATED).text
    if not text:
        return ""
    gap = "<br>" if "\n" in sentence.separator else " "
    return f'<span class="s{sentence.index}"{_links(sentence, column == source)}>{escape(text)}</span>{gap}'


def _links(sentence: DocumentSentence, is_source: bool) -> str:
    """What the script needs: the sentence's number, and at the source its links as per cents."""
    found = {
        target: [[a, b, c, d, max(1, round(100 * probability))] for a, b, c, d, probability in translation.links]
        for target, translation in sentence.translations.items()
        if translation.links
    }
    if not found:
        return ""
    number = f' data-s="{sentence.index}"'
    return f"{number} tabindex=\"0\" data-links='{json.dumps(found, separators=(',', ':'))}'" if is_source else number


def _footer(document: Document) -> Iterator[str]:
    yield '<footer lang="en">'
    if document.created_at is not None:
        day = document.created_at.date().isoformat()
        yield f'<p>Article of <time datetime="{day}">{day}</time></p>'
    packages = ", ".join(f"{p.pair.replace('-', '→')} {p.version} ({p.kind.value})" for p in document.packages)
    if packages:
        yield f"<p>Argos packages: {escape(packages)}</p>"
    yield "</footer>"


def _policy(style: str, script: str) -> Iterator[str]:
    """Nothing is loaded from anywhere; the style and the script are the ones in the file, by their hashes."""
    if script:
        rules = (
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
        )
        yield f'<meta http-equiv="Content-Security-Policy" content="{rules}">'


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _script(document: Document) -> str:
    """The script for word links, where there are any; "" where there are none."""
    if not any(t.links for p in document.paragraphs for s in p.sentences for t in s.translations.values()):
        return ""
    core = files("webapp").joinpath("static", "words.js").read_text(encoding="utf-8")
    return f"\n{core}{files('webapp.exports').joinpath('html.js').read_text(encoding='utf-8')}"


def _style(document: Document) -> str:
    sheet = files("webapp.exports").joinpath("html.css").read_text(encoding="utf-8")
    longest = max((len(paragraph.sentences) for paragraph in document.paragraphs), default=0)
    return (
        "\n"
        + sheet
        + "".join(f"tr:has(.s{n}:hover) .s{n} {{ background: var(--lit); }}\n" for n in range(min(longest, LIT_SENTENCES)))
    )


FORMAT = Format("html", "text/html", ".html", render, print_=print_html, linked=True)
