"""The published schemas of the formats that translation tools exchange, and what they have against a file.

`scripts/schemas.sh` fetches them where there is a Debian or Ubuntu; the tests that ask are skipped elsewhere, and say so.
"""

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

SCHEMAS = Path(__file__).parents[1] / ".venv" / "cache" / "schemas"
SCHEMA_OF = {"xliff": "xliff-core-1.2-strict.xsd", "xliff2": "xliff-core-2.0.xsd", "tmx": "tmx14.dtd"}
"""XLIFF 2.1 has the core of 2.0: the same elements and attributes in the same namespace."""

with_schemas = pytest.mark.skipif(
    not (SCHEMAS / "tmx14.dtd").exists(), reason="the schemas are not here: scripts/schemas.sh fetches them on Debian and Ubuntu"
)


class Beside(etree.Resolver):  # type: ignore[misc]  # lxml ships no types
    """Finds the schema of `xml:lang` and `xml:space` beside the one that imports it, not on the network."""

    def resolve(self, system_url: str, public_id: str, context: Any) -> Any:
        return self.resolve_filename(str(SCHEMAS / Path(system_url).name), context)


def complaints(name: str, written: str) -> list[str]:
    """What the schema of a format has against a file."""
    path = SCHEMAS / SCHEMA_OF[name]
    if path.suffix == ".dtd":
        schema: Any = etree.DTD(str(path))
    else:
        parser = etree.XMLParser()
        parser.resolvers.add(Beside())
        schema = etree.XMLSchema(etree.parse(path, parser))
    schema.validate(etree.fromstring(written.encode()))
    return [str(entry) for entry in schema.error_log]
