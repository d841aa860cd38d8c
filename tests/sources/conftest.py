"""The tests of the official texts are collected only where PLANNER_SOURCES names their folder."""

import os

from hypothesis import settings

collect_ignore = [] if os.environ.get("PLANNER_SOURCES") else ["test_official.py"]

# How long an example takes says how busy the machine is, and nothing about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
