"""Classes of SQLAlchemy that are made on first use, compared with those that SQLAlchemy makes when it is imported."""

import json
import subprocess
import sys
from typing import Any

FORMS = """
import json, sys
if sys.argv[1:]:
    from planner.base.classes_on_use import make_on_use
    make_on_use()
    make_on_use()
import sqlalchemy.orm
from sqlalchemy.sql import annotation
from sqlalchemy.sql.elements import ClauseList, ColumnElement
from sqlalchemy.sql.selectable import FromClause

TOPS = ("ColumnElement", "FromClause", "ClauseList")

def form(cls):
    made = annotation.annotated_classes.get(cls) or annotation._new_annotation_type(cls, annotation.Annotated)
    # Of several bases, the one that was made first counts. Those between differ in nothing but their names.
    between = [one for one in annotation.annotated_classes.values() if one.__name__[9:] not in TOPS]
    ancestors = [one.__name__ for one in made.__mro__ if one not in between]
    fields = [name for name, _ in getattr(made, "_traverse_internals", ())]
    return ancestors, fields, made.__dict__.get("inherit_cache"), made._is_column_operators

count = len(annotation.annotated_classes)
tops = (ColumnElement, FromClause, ClauseList)
known = {cls for top in tops for cls in annotation.util.walk_subclasses(top)}
classes = [cls for cls in known if not issubclass(cls, annotation.Annotated)]
forms = {f"{cls.__module__}.{cls.__qualname__}": form(cls) for cls in sorted(classes, key=repr)}
print(json.dumps([count, len(annotation.annotated_classes), forms, len(sys.meta_path)]))
"""


def _forms(*arguments: str) -> Any:
    done = subprocess.run([sys.executable, "-c", FORMS, *arguments], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_a_class_that_is_made_on_use_is_the_one_that_sqlalchemy_makes():
    made_at_once, all_at_once, at_once, finders = _forms()
    made_on_use, all_on_use, on_use, left = _forms("on use")
    assert on_use == at_once
    assert made_on_use < 10 < made_at_once
    assert all_on_use == all_at_once
    assert left == finders
