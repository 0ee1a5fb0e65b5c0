"""Opens a file with the reader of its type."""

from collections.abc import Callable

from webapp.errors import FileDamaged, FileTypeUnsupported, InputError
from webapp.text.readers import formats
from webapp.text.readers.base import OpenedFile


def open_file(data: bytes, kind: str, name: str, *, boilerplate: bool = True) -> OpenedFile:
    """Reads a file of the format `kind`; `boilerplate`: tell the article of a web page from what is around it.

    Raises an InputError of ours that names the file, whatever is in it.
    """
    try:
        return _readers(name, boilerplate)[kind](data)
    except InputError as error:
        raise named(error, name) from error
    except (RecursionError, MemoryError) as error:
        raise FileDamaged(name=name, detail="it needs more memory than any article") from error
    except KeyError as error:
        if error.args == (kind,):
            raise FileTypeUnsupported(name=name) from error
        raise


def named(error: InputError, name: str) -> InputError:
    """The same error with the name of the file in its message, where a reader did not know it."""
    if error.data.get("name") == "" and name:
        return type(error)(**{**error.data, "name": name})
    return error


def _readers(name: str, boilerplate: bool) -> dict[str, Callable[[bytes], OpenedFile]]:
    return {
        formats.HTML: lambda data: _html(data, boilerplate),
        formats.MARKDOWN: lambda data: _markdown(data, name),
        formats.DOCX: lambda data: _docx(data, name),
        formats.ODT: lambda data: _odt(data, name),
        formats.EPUB: lambda data: _epub(data, name),
        formats.SRT: lambda data: _subtitles(data, name, is_vtt=False),
        formats.VTT: lambda data: _subtitles(data, name, is_vtt=True),
    }


# Each reader is imported when a file of its type comes.


def _html(data: bytes, boilerplate: bool) -> OpenedFile:
    from webapp.text.readers.html import HtmlFile  # noqa: PLC0415  (its library is loaded when such a file comes)

    return HtmlFile(data, boilerplate=boilerplate)


def _markdown(data: bytes, name: str) -> OpenedFile:
    from webapp.text.readers.markdown import MarkdownFile  # noqa: PLC0415  (its library is loaded when such a file comes)

    return MarkdownFile(data, name)


def _docx(data: bytes, name: str) -> OpenedFile:
    from webapp.text.readers.docx import DocxFile  # noqa: PLC0415  (its library is loaded when such a file comes)

    return DocxFile(data, name)


def _odt(data: bytes, name: str) -> OpenedFile:
    from webapp.text.readers.odt import OdtFile  # noqa: PLC0415  (its library is loaded when such a file comes)

    return OdtFile(data, name)


def _epub(data: bytes, name: str) -> OpenedFile:
    from webapp.text.readers.epub import EpubFile  # noqa: PLC0415  (its library is loaded when such a file comes)

    return EpubFile(data, name)


def _subtitles(data: bytes, name: str, *, is_vtt: bool) -> OpenedFile:
    from webapp.text.readers.subtitles import SubtitleFile  # noqa: PLC0415  (its library is loaded when such a file comes)

    return SubtitleFile(data, name, is_vtt=is_vtt)
