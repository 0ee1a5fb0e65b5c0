"""What the formats for translation tools share: clean text, stable ids, and who may call a text a translation.

Never here: a format.
"""

import re
from typing import Final
from xml.etree import ElementTree as ET

from webapp.domain import Document, DocumentParagraph, DocumentSentence, Origin, ParagraphKind, State, Translation
from webapp.languages import LANGUAGES

XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
TOOL: Final = "Quatrain"

_ILLEGAL: Final = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text as XML 1.0 can hold it: line ends are line feeds; control characters and lone surrogates are gone."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def alone(paragraph: DocumentParagraph, target: str) -> str:
    """A paragraph's version where it stands in a running text; words for a picture that is not there stand in brackets."""
    text = paragraph.version_text(target)
    return f"[{text}]" if text and paragraph.kind is ParagraphKind.ALT else text


def is_reviewed(translation: Translation) -> bool:
    """Approved, and of the French that stands there now: an approval does not carry over to a changed source."""
    return translation.state is State.APPROVED and not translation.stale


def is_human(translation: Translation) -> bool:
    """Read and taken by a person, of the French that stands there now, whether or not it was approved."""
    return translation.state in {State.TRANSLATED, State.APPROVED} and not translation.stale


def is_usable(translation: Translation) -> bool:
    """Whether there is anything to hand on: a rejected text is none, nor one of invisible characters only."""
    return translation.state not in {State.UNTRANSLATED, State.REJECTED} and bool(clean(translation.text).strip())


def is_machine(translation: Translation) -> bool:
    """Whether a machine wrote the text, or the first form of it."""
    return translation.origin in {Origin.MT, Origin.MT_EDITED}


def unit_id(document: Document, paragraph: DocumentParagraph, sentence: DocumentSentence) -> str:
    """`article.paragraph.sentence`, both counted from 0; the same in every format and every target."""
    return f"{document.id or 'article'}.{paragraph.index}.{sentence.index}"


def locale(code: str) -> str:
    """`fr` becomes `fr-FR`: translation tools choose by language and country."""
    return LANGUAGES[code].locale


def write_xml(root: ET.Element, doctype: str = "") -> str:
    """The file with its declaration; nothing is indented, because white space inside a text counts."""
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}{body}\n'
