"""The draft of one open form: it has a file of its own, and replaces only the draft that the form began with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from planner import drafts
from planner.drafts import Draft, DraftKey


class OwnDraft:
    """What a form keeps of one item. Other drafts of the item belong to other windows and are left alone.

    `start` is the draft that was taken up into the form, if there was one, and `seen` the state of the item on which
    the form shows it.
    """

    def __init__(self, key: DraftKey, start: Draft | None = None, seen: Any = None) -> None:
        self.key = key
        self._id = drafts.new_id()
        self._start = start
        self._start_seen = seen
        self._written: Draft | None = None

    @property
    def there(self) -> bool:
        """Whether the form has written a draft that it did not drop."""
        return self._written is not None

    def keep(self, fields: Mapping[str, str], seen: Any, now: datetime) -> bool:
        """Keep what stands in the form; without any field, drop it. Says whether the form has a draft then.

        `seen` is the state of the item that the form was begun on. Raises FileTroubleError.
        """
        if not fields and not self._more:
            self.drop()
            return False
        start = self._start if self._written is None else None
        if start is not None and dict(start.fields) == dict(fields) and seen == self._start_seen:
            # Nothing was typed since it was taken up. Its own window may still write it, or may have saved it.
            return drafts.is_kept(start)
        self._write(fields, seen, now)
        return True

    def saved(self, rest: Mapping[str, str], seen: Any, now: datetime) -> bool:
        """The form is saved: keep only what it has no field for. Says whether there is any. Raises FileTroubleError."""
        if rest or self._more:
            self._write(rest, seen, now)
            return True
        self.drop()
        return False

    @property
    def _more(self) -> Mapping[str, Any]:
        """What the draft holds that this version does not know: it is never dropped."""
        earlier = self._written or self._start
        return earlier.more if earlier else {}

    def drop(self) -> None:
        """Drop the form's own draft and the one it began with. What another window wrote since stays.

        Raises FileTroubleError.
        """
        for draft in (self._written, self._start):
            if draft is not None:
                drafts.discard(draft)
        self._start = self._written = None

    def _write(self, fields: Mapping[str, str], seen: Any, now: datetime) -> None:
        earlier = self._written or self._start
        begun = earlier.begun if earlier else now
        if earlier and isinstance(earlier.seen, dict) and isinstance(seen, dict):
            # What a later version noted about the state is kept too.
            seen = {**earlier.seen, **seen}
        draft = Draft(self.key, fields, seen, begun, now, self._id, self._more)
        drafts.keep(draft)
        self._written = draft
        if self._start is not None:
            drafts.discard(self._start)
            self._start = None
