"""The brief: the weekly file on one or two pages, for a person who has one minute. Bad news comes first.

`making.py` makes it from the sections of a week. Each format has a module of its own, and none of them computes
anything.
"""
