"""Files that hold several parts: which of them is a workbook, and which a Word file."""

import re

from planner.base.language import tr
from planner.intake.files.archives import Archive, damaged, protected, relations, require_plain
from planner.intake.files.input_file import InputFile
from planner.intake.files.workbooks.compound import CompoundFile
from planner.intake.sheets import Sheet

# The part that says which part is the document.
_RELATIONS = "_rels/.rels"
_LARGEST_RELATIONS = 1_000_000
_OPEN_DOCUMENT = "content.xml"

# The parts with macros: of office files in XML, also the old macros in sheets, and of OpenDocument files. One without
# macros can have lists of libraries, whose names end with -lc.xml and -lb.xml.
_MACROS = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|(?:intl)?macrosheets/)|^(?:Basic/.*(?<!-l[bc])\.xml|Scripts/.*[^/])$", re.IGNORECASE
)
# The folders of an old office file that have macros.
_MACRO_FOLDERS = ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "Macros")


def read_archive(source: InputFile) -> list[Sheet]:
    """Read a workbook or a Word file. Raises ImportFileError for a damaged file and for other archives."""
    archive = _archive(source)
    part = _document(source, archive)
    if part.startswith("xl/") and part.endswith(".xml"):
        from planner.intake.files.workbooks.workbook import read_xlsx

        return read_xlsx(source, archive, part)
    if part.startswith("word/"):
        from planner.intake.files.word import read_word

        return read_word(source, archive, part)
    if not part and _OPEN_DOCUMENT in archive:
        from planner.intake.files.workbooks.open_document import read_open_document

        return read_open_document(source, archive)
    if part.startswith("xl/"):
        raise source.error(
            tr("this is a binary workbook (XLSB), which cannot be read"), tr("Save it as XLSX and import that file")
        )
    raise source.error(tr("this is an archive, but not a workbook or a Word file"), tr("Unpack it and give the folder"))


def read_text_of_archive(source: InputFile) -> str:
    """Return the text of a Word file. Raises ImportFileError for a damaged file and for other archives."""
    archive = _archive(source)
    part = _document(source, archive)
    if not part.startswith("word/"):
        raise source.error(
            tr("this is a packed file, but not a Word file"), tr("Save the document as DOCX or as plain text")
        )
    from planner.intake.files.word import read_word_text

    return read_word_text(source, archive, part)


def _archive(source: InputFile) -> Archive:
    """Open a packed file. Raises ImportFileError if it is damaged, or has macros that are not to be ignored."""
    archive = Archive(source)
    if any(_MACROS.search(name) for name in archive.names):
        source.macros()
    return archive


def _document(source: InputFile, archive: Archive) -> str:
    """Return the name of the part that is the document of an office file, or nothing for other archives."""
    if _RELATIONS not in archive:
        return ""
    content = archive.read(_RELATIONS, _LARGEST_RELATIONS)
    require_plain(source, content)
    parts = [one.part for one in relations(content, "") if one.kind == "officeDocument"]
    if len(parts) != 1 or parts[0] not in archive:
        raise damaged(source)
    return parts[0]


def read_compound(source: InputFile) -> list[Sheet]:
    """Read an old workbook. Raises ImportFileError for protected files and for other compound files."""
    file = CompoundFile(source, source.content())
    if any(name in file for name in _MACRO_FOLDERS):
        source.macros()
    for name in ("Workbook", "Book"):
        if name in file:
            from planner.intake.files.workbooks.workbook import read_xls

            return read_xls(source, name, file.read(name))
    if "EncryptedPackage" in file:
        raise protected(source)
    if "WordDocument" in file:
        raise source.error(tr("this is an old Word file (DOC), which cannot be read"), tr("Save it as DOCX"))
    raise source.error(
        tr("this is an old office file without a workbook"), tr("Save the table as XLSX and import that file")
    )
