"""The draft of one open form. It has its own file and replaces only the draft that the form was opened with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from planner.personal import drafts
from planner.personal.drafts import Draft, DraftKey


class OwnDraft:
    """The unsaved report of one open form. Other drafts of the item belong to other windows and are not touched.

    `start` is the draft that the form was filled from, or None. `seen` is the state of the item when the form showed
    that draft.
    """

    def __init__(self, key: DraftKey, start: Draft | None = None, seen: Any = None) -> None:
        self.key = key
        # docs/decisions/0035: only one form ever writes this file, so no lock is needed.
        self._id = drafts.new_id()
        self._start = start
        self._start_seen = seen
        self._written: Draft | None = None

    @property
    def there(self) -> bool:
        """Whether the form has written a draft and has not discarded it."""
        return self._written is not None

    def keep(self, fields: Mapping[str, str], seen: Any, now: datetime) -> bool:
        """Keep the content of the form, or discard the draft if no field is filled.

        Return whether there is a draft afterwards.

        `seen` is the state of the item when the form was begun. Raises FileTroubleError if the file cannot be written.
        """
        if not fields and not self._more:
            self.drop()
            return False
        start = self._start if self._written is None else None
        if start is not None and dict(start.fields) == dict(fields) and seen == self._start_seen:
            # Nothing was typed since the draft was loaded. Another window may still be writing this draft, or may have
            # saved it.
            return drafts.is_kept(start)
        self._write(fields, seen, now)
        return True

    def saved(self, rest: Mapping[str, str], seen: Any, now: datetime) -> bool:
        """Keep only `rest`, the fields that were not saved with the form. Return whether a draft is left.

        Raises FileTroubleError if the file cannot be written.
        """
        if rest or self._more:
            self._write(rest, seen, now)
            return True
        self.drop()
        return False

    @property
    def _more(self) -> Mapping[str, Any]:
        """The fields of the draft that this version of the program does not know. They are never discarded."""
        earlier = self._written or self._start
        return earlier.more if earlier else {}

    def drop(self) -> None:
        """Discard the form's own draft and the draft it was filled from.

        A draft that another window has changed since is kept. Raises FileTroubleError if a file cannot be read or
        deleted.
        """
        for draft in (self._written, self._start):
            if draft is not None:
                drafts.discard(draft)
        self._start = self._written = None

    def _write(self, fields: Mapping[str, str], seen: Any, now: datetime) -> None:
        earlier = self._written or self._start
        begun = earlier.begun if earlier else now
        if earlier and isinstance(earlier.seen, dict) and isinstance(seen, dict):
            # Keep fields of the state that a later version of the program added.
            seen = {**earlier.seen, **seen}
        draft = Draft(self.key, fields, seen, begun, now, self._id, self._more)
        drafts.keep(draft)
        self._written = draft
        if self._start is not None:
            drafts.discard(self._start)
            self._start = None
