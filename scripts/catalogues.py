"""Brings the catalogues in `translations/` up to date with the sources, and says what is still to be translated.

New messages come in empty, those nobody says any more go, what is translated stays; English is filled in by itself. Run it
after changing a sentence of the interface, translate what it names, and run the tests of the catalogues.
"""

import sys
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parents[1]
LANGUAGES: Final = ("fr", "en", "ru", "ko")
_DATED: Final = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Report-Msgid-Bugs-To",
    "Last-Translator",
    "Language-Team",
    "Generated-By",
)


def extract() -> Catalog:
    """Collects every message of the sources and templates, without the places where they stand."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog()
    for _, _, message, _, context in extract_from_dir(ROOT, methods, options, DEFAULT_KEYWORDS, directory_filter=_is_ours):
        found.add(message, context=context)
    return found


def update(language: str, found: Catalog) -> list[Message]:
    """Writes one catalogue anew and returns the messages that lack a translation."""
    path = ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        old = read_po(file, locale=language)
    new = Catalog(locale=language, project="Quatrain", version="0.1", charset="utf-8", fuzzy=False)
    new.header_comment = f"# The interface of Quatrain: {language}."
    for message in found:
        if message.id:
            known = old.get(message.id, message.context)
            string = known.string if known else message.id if language == "en" else ""
            new.add(message.id, string, context=message.context)
    path.write_bytes(_written(new))
    return [m for m in new if m.id and not (m.string if isinstance(m.string, str) else all(m.string))]


def main() -> int:
    """Updates every catalogue; fails while something is missing."""
    found, incomplete = extract(), 0
    for language in LANGUAGES:
        for message in update(language, found):
            incomplete += 1
            print(f"{language}: {message.id!r}", file=sys.stderr)
    return 1 if incomplete else 0


def _written(catalogue: Catalog) -> bytes:
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, sort_output=True, no_location=True)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(tuple(f'"{name}:' for name in _DATED))).encode()


def _is_ours(folder: str) -> bool:
    return not any(part.startswith(".") for part in Path(folder).relative_to(ROOT).parts)


if __name__ == "__main__":
    sys.exit(main())
