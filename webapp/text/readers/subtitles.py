"""Subtitles (.srt, .vtt): cues that belong to one sentence are read as one paragraph, and the translation is cut to them again.

pysubs2 reads the cues and their times. They are written in place, line by line: pysubs2 would lose what only WebVTT has
(settings of cues, styles, regions, notes). Where a sentence goes on in the next cue a point stands between its words, which
goes with them into the translation, so that no sentence is cut for the engine and no cue for the viewer.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pysubs2
from pysubs2.formats.subrip import SubripFormat
from pysubs2.formats.webvtt import WebVTTFormat

from webapp.domain import ParagraphKind
from webapp.errors import FileDamaged, FileTooComplex
from webapp.text.encodings import decode
from webapp.text.readers.base import MAX_BLOCKS, Block, OpenedFile, Replacements, Rich, Step, steps
from webapp.text.readers.builder import TextBuilder

CUE: Final = "cue"
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][\w]*)([^<>]*)>|<[\d:.]+>|\{\\[^{}]*\}")
_ENDS: Final = re.compile(r"""[.!?…♪]["»”)\]]*\s*(?:</?\w+[^>]*>\s*)*\Z""")
_NEW_SPEAKER: Final = re.compile(r"\s*(?:<[^>]*>|\{[^}]*\})*\s*[-–—♪]")
_PAUSE_MS: Final = 2500
_LONGEST: Final = 6
LINE: Final = 42
"""Characters of a line that fit on a screen, by the custom of the trade."""


@dataclass(slots=True)
class _Cue:
    """A cue: the numbers of its first line of text and of the one after its last, its text, and when it is shown."""

    first: int
    stop: int
    text: str
    start_ms: int
    end_ms: int


class SubtitleFile(OpenedFile):
    """A file of subtitles."""

    def __init__(self, data: bytes, name: str = "", *, is_vtt: bool = False) -> None:
        """Raises an InputError of ours."""
        text, self.encoding = decode(data)
        self._is_vtt = is_vtt
        self._ends = "\r\n" if "\r\n" in text else "\n"
        self._lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        cues = _cues("\n".join(self._lines), self._lines, is_vtt=is_vtt, name=name)
        self._groups: list[tuple[list[_Cue], list[Any]]] = []
        self.blocks = []
        for group in _grouped(cues):
            builder = TextBuilder()
            items = _read(builder, group, is_vtt=is_vtt)
            content, marks = builder.finish()
            if builder.is_visible:
                self._groups.append((group, items))
                self.blocks.append(Block(content, ParagraphKind.BODY, marks))
        if len(self.blocks) > MAX_BLOCKS:
            raise FileTooComplex(name=name, detail=f"more than {MAX_BLOCKS} paragraphs")

    def write(self, replacements: Replacements, language: str) -> bytes:
        """Writes the cues with other texts; times, numbers and everything else stay as they are."""
        del language
        lines = list(self._lines)
        for number, texts in sorted(replacements.items(), reverse=True):
            if not 0 <= number < len(self._groups):
                continue
            group, items = self._groups[number]
            parts = _cut(group, items, texts, is_vtt=self._is_vtt)
            for cue, part in reversed(list(zip(group, parts, strict=True))):
                lines[cue.first : cue.stop] = _wrapped(part, max(1, cue.stop - cue.first)).split("\n")
        return self._ends.join(lines).encode()


def _cues(text: str, lines: Sequence[str], *, is_vtt: bool, name: str) -> list[_Cue]:
    """Finds the cues; the times are pysubs2's. Raises FileDamaged when there are none."""
    stamp = (WebVTTFormat if is_vtt else SubripFormat).TIMESTAMP
    try:
        events = list(pysubs2.SSAFile.from_string(text, format_="vtt" if is_vtt else "srt", keep_html_tags=True))
    except Exception as error:  # a time that is no time, and whatever else it lets through
        raise FileDamaged(name=name, detail=str(error)[:200] or type(error).__name__) from error
    timed = [n for n, line in enumerate(lines) if len(stamp.findall(line)) == 2]
    if not timed or len(timed) != len(events):
        raise FileDamaged(name=name, detail="no cues with times in it")
    cues = []
    for n, event in zip(timed, events, strict=True):
        stop = n + 1
        while stop < len(lines) and lines[stop].strip() and len(stamp.findall(lines[stop])) != 2:
            stop += 1
        cues.append(_Cue(n + 1, stop, "\n".join(lines[n + 1 : stop]), event.start, event.end))
    return cues


def _grouped(cues: Sequence[_Cue]) -> Iterator[list[_Cue]]:
    """Puts cues together that one sentence goes through."""
    group: list[_Cue] = []
    for cue in cues:
        if group and not _goes_on(group, cue):
            yield group
            group = []
        group.append(cue)
    if group:
        yield group


def _goes_on(group: Sequence[_Cue], cue: _Cue) -> bool:
    before = group[-1]
    near = 0 <= cue.start_ms - before.end_ms <= _PAUSE_MS and len(group) < _LONGEST
    return near and bool(before.text.strip()) and not _ENDS.search(before.text) and not _NEW_SPEAKER.match(cue.text)


def _read(builder: TextBuilder, group: Sequence[_Cue], *, is_vtt: bool) -> list[Any]:
    items: list[Any] = []
    for n, cue in enumerate(group):
        if n:
            builder.point(CUE)
            items.append(None)
            builder.add(" ")
        _read_cue(builder, items, cue.text, is_vtt=is_vtt)
    return items


def _read_cue(builder: TextBuilder, items: list[Any], text: str, *, is_vtt: bool) -> None:
    speakers = len(re.findall(r"^\s*(?:<[^>]*>)*[-–—]", text, re.MULTILINE)) > 1
    tags = list(_TAG.finditer(text))
    closing = _closing(tags)
    place = 0
    opened = 0
    for n, tag in enumerate(tags):
        _add_lines(builder, items, text[place : tag.start()], speakers=speakers, is_vtt=is_vtt)
        place = tag.end()
        if n in closing:
            builder.open({"c": "span", "v": "span", "font": "span"}.get(tag[2], tag[2].lower()))
            items.append((tag[0], tags[closing[n]][0]))
            opened += 1
        elif n in closing.values():
            builder.close()
            opened -= 1
        else:
            builder.point("tag")
            items.append(tag[0])
    _add_lines(builder, items, text[place:], speakers=speakers, is_vtt=is_vtt)


def _closing(tags: Sequence[re.Match[str]]) -> dict[int, int]:
    """Which tag is closed by which."""
    found: dict[int, int] = {}
    stack: list[int] = []
    for n, tag in enumerate(tags):
        if tag[2] is None:
            continue
        if not tag[1]:
            stack.append(n)
        elif stack and tags[stack[-1]][2] == tag[2]:
            found[stack.pop()] = n
    return found


def _add_lines(builder: TextBuilder, items: list[Any], text: str, *, speakers: bool, is_vtt: bool) -> None:
    for n, line in enumerate((html.unescape(text) if is_vtt else text).split("\n")):
        if n and speakers:
            builder.point("br")
            items.append("\n")
            builder.line_break()
        elif n:
            builder.add(" ")
        builder.add(line)


# --- writing ----------------------------------------------------------------------------------------------------------


def _cut(group: Sequence[_Cue], items: Sequence[Any], texts: Sequence[Rich], *, is_vtt: bool) -> list[str]:
    """Writes a text with its tags and cuts it to the cues of its group; none is left empty while there are words enough."""
    rich = texts[0] if len(texts) == 1 else Rich(" ".join(one.text for one in texts))
    known = Rich(rich.text, tuple(mark for mark in rich.marks if mark.number < len(items)))
    parts = [""]
    opened: list[Any] = []
    for step, number, text in steps(known):
        if step == Step.TEXT:
            parts[-1] += _safe(text, is_vtt=is_vtt)
        elif step == Step.OPEN:
            opened.append(items[number])
            parts[-1] += items[number][0]
        elif step == Step.CLOSE:
            parts[-1] += opened.pop()[1]
        elif items[number] is None:
            parts[-1] += "".join(item[1] for item in reversed(opened))
            parts.append("".join(item[0] for item in opened))
        else:
            parts[-1] += "".join(items[number])  # a tag, or a pair with nothing between
    parts = [part.strip() for part in parts]
    enough = len(parts) == len(group) and all(_TAG.sub("", part).strip() for part in parts)
    return parts if enough or len(group) == 1 else _shared(" ".join(parts), group)


def _safe(text: str, *, is_vtt: bool) -> str:
    text = text.replace("-->", "→")
    return html.escape(text, quote=False) if is_vtt else text


def _shared(text: str, group: Sequence[_Cue]) -> list[str]:
    """Shares words out to cues by the length of what stood there."""
    words = _words(text)
    total = sum(max(1, len(cue.text)) for cue in group)
    parts, done, given = [], 0, 0
    for n, cue in enumerate(group):
        done += max(1, len(cue.text))
        left = len(group) - n - 1
        stop = len(words) if not left else max(given + 1, min(round(len(words) * done / total), len(words) - left))
        parts.append(" ".join(words[given:stop]))
        given = max(given, min(stop, len(words)))
    return parts


def _wrapped(text: str, lines: int) -> str:
    """Breaks a cue into about equal lines: as many as it had (two at most), more where they would not fit."""
    length = len(_TAG.sub("", text))
    if "\n" in text or (length <= LINE and lines == 1):
        return text
    wanted = max(1 if length <= LINE else min(lines, 2), -(-length // LINE))
    aim, rows, row = length / wanted, [""], 0
    for word in _words(text):
        size = len(_TAG.sub("", word))
        if rows[-1] and len(rows) < wanted and row + 1 + size / 2 > aim:
            rows.append("")
            row = 0
        rows[-1] += f" {word}" if rows[-1] else word
        row += size + 1
    return "\n".join(rows)


def _words(text: str) -> list[str]:
    """The words of a text; a tag belongs to the word it stands at, whatever is in it."""
    return re.findall(r"(?:<[^<>]*>|\{\\[^{}]*\}|[^\s<{]|[<{])+", text)
