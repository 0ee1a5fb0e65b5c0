"""An OmegaT project, zipped: one target, one line a sentence; what people wrote is translated, drafts are suggestions.

Its own XLIFF reader takes the texts in `<target>` for what is to be translated, so the French is a plain text, which every
version of OmegaT reads alike, and the translations are memories: OmegaT finds them by the French. What comes back is a TMX file:
`omegat/project_save.tmx`, or one of those OmegaT writes beside the project.
"""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Final
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from webapp.domain import Document, State, Translation
from webapp.exports.registry import Format
from webapp.exports.tmx import write_pairs
from webapp.exports.units import clean, is_human, locale, write_xml

_LUCENE: Final = {"fr": "French", "en": "English", "ru": "Russian", "ko": "CJK"}
_DEFAULTS: Final = ("source_dir", "target_dir", "tm_dir", "glossary_dir", "glossary_file", "dictionary_dir")
# OmegaT calls a folder without these no project; `mt` is where it shows suggestions as a machine's.
_FOLDERS: Final = ("source", "target", "omegat", "tm", "tm/mt", "glossary", "dictionary")


def render(document: Document, targets: Sequence[str] | None = None) -> bytes:
    """Writes the project for one target, which is the only one given or that there is, in a folder named after both."""
    (target,) = document.targets if targets is None else targets
    name = f"{document.id or 'article'}-{target}"
    files = {
        "omegat.project": _project(document.source, target),
        "source/article.txt": _lines(document),
        "omegat/project_save.tmx": write_pairs(document, (target,), is_human),
        "tm/mt/drafts.tmx": write_pairs(document, (target,), _is_suggestion),
    }
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for folder in _FOLDERS:
            archive.writestr(_entry(f"{name}/{folder}/"), b"")
        for path, content in files.items():
            archive.writestr(_entry(f"{name}/{path}"), content.encode())
    return written.getvalue()


def _is_suggestion(translation: Translation) -> bool:
    return translation.state is State.DRAFT and not translation.stale


def _entry(path: str) -> ZipInfo:
    entry = ZipInfo(path)  # with ZIP's first date: the same article gives the same file
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o40755 << 16 | 0x10 if path.endswith("/") else 0o644 << 16
    return entry


def _project(source: str, target: str) -> str:
    root = ET.Element("omegat")
    project = ET.SubElement(root, "project", version="1.0")
    for name in _DEFAULTS:
        ET.SubElement(project, name).text = "__DEFAULT__"
    tokenizer: Callable[[str], str] = "org.omegat.tokenizer.Lucene{}Tokenizer".format
    values = {
        "source_lang": locale(source),
        "target_lang": locale(target),
        "source_tok": tokenizer(_LUCENE[source]),
        "target_tok": tokenizer(_LUCENE[target]),
        "sentence_seg": "false",  # the sentences are cut already
        "support_default_translations": "true",
        "remove_tags": "false",
    }
    for name, value in values.items():
        ET.SubElement(project, name).text = value
    return write_xml(root)


def _lines(document: Document) -> str:
    """One line a sentence, an empty one between them, two between paragraphs; those that are not French are left out.

    OmegaT cuts plain text at empty lines.
    """
    paragraphs = [p for p in document.paragraphs if p.language in {None, document.source}]
    texts = ([" ".join(clean(s.text).split("\n")) for s in p.sentences] for p in paragraphs)
    return "\n\n\n".join("\n\n".join(lines) for lines in texts) + "\n"


FORMAT = Format("omegat", "application/zip", "-omegat.zip", render, bilingual=True, multilingual=False)
