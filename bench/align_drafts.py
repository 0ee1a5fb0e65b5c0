"""Drafts of the starter packages for documents to align."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from bench.align_documents import Planted


def draft_all(folder: Path, documents: Sequence[Planted], language: str) -> dict[str, list[str]]:
    """Drafts every French sentence of some documents; by their names, in the order of their sentences."""
    from webapp.config import Settings
    from webapp.engine.packages import PackageStore
    from webapp.engine.translator import ArgosEngine
    from webapp.services.aligning import draft_segments

    settings = Settings(data_dir=folder)
    packages = PackageStore(settings)
    if not packages.installed():
        packages.install_starters()
    texts = sorted({text for document in documents for text in chain.from_iterable(document.source)})
    engine = ArgosEngine(packages, settings)
    try:
        drafts = dict(zip(texts, draft_segments(engine, texts, language), strict=True))
    finally:
        engine.close()
    return {document.name: [drafts[text] for text in chain.from_iterable(document.source)] for document in documents}
