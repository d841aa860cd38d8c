"""Replace the generated part of a document that also has other text. The part is between two marker lines."""

BEGIN = "<!-- Generated: `make docs` writes what follows. A test fails while it is out of date. -->"
END = "<!-- End of what is generated. -->"


def with_generated_part(text: str, content: str) -> str:
    """Return a document in which the part between the markers is replaced by new content.

    Raises ValueError if the document has no markers.
    """
    before, begun, rest = text.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not (begun and ended):
        raise ValueError(f"the document needs the lines {BEGIN!r} and {END!r}")
    return f"{before}{BEGIN}\n\n{content}\n\n{END}{after}"
