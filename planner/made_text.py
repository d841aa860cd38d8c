"""Parts of documents that are made from a definition in the code, between two marker lines."""


def renewed(text: str, made_by: str, content: str) -> str:
    """A document with the part that a command makes made anew. Raises ValueError where it has no markers for it."""
    begin, end = f"<!-- made by {made_by} -->", "<!-- end of what was made -->"
    before, begun, rest = text.partition(begin)
    _, ended, after = rest.partition(end)
    if not (begun and ended):
        raise ValueError(f"the document needs the lines {begin!r} and {end!r}")
    return f"{before}{begin}\n\n{content}\n\n{end}{after}"
