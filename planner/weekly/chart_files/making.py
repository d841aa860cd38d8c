"""Make the charts of a week as picture files: one file for each figure of the weekly page."""

import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from planner.weekly.chart_files.data import charts_data
from planner.weekly.contents import WeeklyFile
from planner.weekly.file import NamedFile, file_name
from planner.weekly.page.drawn_figures import figures_of
from planner.weekly.typesetting import Typesetter, needs_fonts_of_machine

# Enough for a slide on a large screen: some 1,900 pixels wide.
_PIXELS_PER_INCH = 200

# A PNG begins with its signature and the part that says its size, of fixed lengths (W3C, PNG, 5.2 and 11.2.1).
_PNG_BEGINNING = 8 + 25


class PictureFormat(StrEnum):
    """A format of picture files."""

    PNG = "png"
    SVG = "svg"


@dataclass(frozen=True)
class ChartFiles:
    """The picture files of a week, and the letters that no font of this machine has."""

    files: tuple[NamedFile, ...]
    missing: str


def chart_files(found: WeeklyFile, form: PictureFormat) -> ChartFiles:
    """Return the charts of a week as picture files. Each has the command that makes it again.

    The same week and instant give the same bytes with the same fonts. Raises ValueError if the file was filled without
    the data of its charts, and MissingLibraryError if a library is not installed.
    """
    if found.pictures is None:
        raise ValueError("charts need a file that was filled with what its pictures show")
    instance = found.instance
    figures = figures_of(found.pictures, instance)
    data = charts_data(figures, instance)
    setter = Typesetter(
        "planner.weekly.chart_files",
        "charts.typ",
        of_machine=needs_fonts_of_machine(data),
        known_at=instance.known_at,
    )
    command = f"planner weekly charts {instance.options} --format {form}"
    pictures = (_MARKED[form](picture, command) for picture in setter.pictures(data, form, _PIXELS_PER_INCH))
    files = (
        NamedFile(file_name(instance, form, f"chart-{figure.name}"), [picture])
        for figure, picture in zip(figures, pictures, strict=True)
    )
    return ChartFiles(tuple(files), "".join(sorted(setter.missing)))


def _marked_png(content: bytes, command: str) -> bytes:
    """Return a PNG with the command as its text `Software`, by which this program recognises its own files."""
    kind, text = b"tEXt", b"Software\0" + command.encode("latin-1", "replace")
    part = struct.pack(">I", len(text)) + kind + text + struct.pack(">I", zlib.crc32(kind + text))
    return content[:_PNG_BEGINNING] + part + content[_PNG_BEGINNING:]


def _marked_svg(content: bytes, command: str) -> bytes:
    """Return an SVG with the command as its metadata, by which this program recognises its own files."""
    from markupsafe import escape

    metadata = f"<metadata>{escape(command)}</metadata>".encode()
    return re.sub(rb"(<svg[^>]*>)", lambda found: found[1] + metadata, content, count=1)


_MARKED: dict[PictureFormat, Callable[[bytes, str], bytes]] = {
    PictureFormat.PNG: _marked_png,
    PictureFormat.SVG: _marked_svg,
}
