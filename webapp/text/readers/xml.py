"""XML from strangers: no entity is expanded, nothing is fetched, nothing is deeper than any document is."""

from typing import Any

from webapp.errors import FileDamaged, FileTooComplex, FileUnsafe


def parse_xml(data: bytes, name: str) -> Any:
    """Parses a document; `name` is the file's, for the message. Returns the root.

    Raises FileUnsafe for one that defines entities, FileTooComplex for one that is too deep, FileDamaged for one that is no XML.
    """
    from lxml import etree  # noqa: PLC0415  (the web process asks formats of their names and parses nothing)

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _named(name, str(error)) from error
    except (etree.LxmlError, ValueError) as error:
        raise FileDamaged(name=name, detail=str(error)[:200]) from error
    refuse_entities(root, name)
    return root


def refuse_entities(root: Any, name: str) -> None:
    """Raises FileUnsafe where a document type defines entities (XXE, billion laughs): no text needs its own."""
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(iter(dtd.iterentities()), None) is not None:
        raise FileUnsafe(name=name, detail="it defines entities")


def _named(name: str, detail: str) -> FileDamaged | FileTooComplex | FileUnsafe:
    if "depth" in detail:
        return FileTooComplex(name=name, detail="too many elements inside each other")
    if "entity" in detail.lower() and ("loop" in detail or "amplification" in detail):
        return FileUnsafe(name=name, detail="it defines entities")
    return FileDamaged(name=name, detail=detail[:200])
