"""JSON: the document as `webapp.exports.document` defines it, indented, ending in a line feed."""

from collections.abc import Sequence
from dataclasses import replace

from webapp.domain import Document
from webapp.exports.document import document_model
from webapp.exports.registry import Format


def render(document: Document, targets: Sequence[str] | None = None) -> str:
    """Writes the document as JSON (RFC 8259); characters beyond ASCII stand as they are."""
    chosen = document if targets is None else replace(document, targets=tuple(targets))
    return document_model(chosen).model_dump_json(indent=2) + "\n"


FORMAT = Format("json", "application/json", ".json", render, linked=True)
