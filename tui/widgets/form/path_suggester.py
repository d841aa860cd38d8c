"""Suggests how a path that is being typed in a form goes on. The right arrow takes the suggestion."""

from asyncio import to_thread

from textual.suggester import Suggester

from tui.data.paths import completions


class PathSuggester(Suggester):
    """Suggests the first file or folder whose name begins as the last path in the field does.

    In a form, tab leads to the next field, so that it cannot complete a path as it does in the window for an import.
    """

    def __init__(self) -> None:
        # Files come and go, and their names are compared as they are.
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the text of the field with the suggestion. The folder is read in a thread, because it may be slow."""
        before, semicolon, last = value.rpartition(";")
        path = last.lstrip()
        if not path:
            return None
        _, names = await to_thread(completions, path)
        folder, slash, _ = path.rpartition("/")
        blanks = last[: len(last) - len(path)]
        return f"{before}{semicolon}{blanks}{folder}{slash}{names[0]}" if names else None
