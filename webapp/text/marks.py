"""The marks that items of a list begin with."""

import re
from typing import Final

_DASHES: Final = "-–—―"
_BULLETS: Final = "•‣▪▫◦●○■□►▶▸➔➤→✓✔*·"
_ITEM: Final = re.compile(
    f"(?P<dash>[{_DASHES}])(?:\\s|(?=[«“]))|(?P<bullet>[{_BULLETS}]\\s*(?=[^\\s{_BULLETS}]))"
    "|(?P<number>\\(?\\d{1,3}[.)°]-?|\\d{1,3}\\s?[-–])\\s|(?P<letter>\\(?[a-zA-Z]\\)|[a-h]\\.)\\s|(?P<roman>\\(?[ivx]{1,5}\\))\\s"
)


def item_mark(text: str) -> str:
    """Names the mark of enumeration that `text` begins with: dash, bullet, number, letter, roman, or "" for none."""
    found = _ITEM.match(text)
    return (found.lastgroup or "") if found else ""
