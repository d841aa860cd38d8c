"""The test of the official texts is collected only where PLANNER_SOURCES names their folder."""

import os

collect_ignore = [] if os.environ.get("PLANNER_SOURCES") else ["test_official.py"]
