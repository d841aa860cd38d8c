"""How hard the property tests try: 1 in `make test`, more in `make soak`, which sets PLANNER_EFFORT."""

import os

EFFORT = int(os.environ.get("PLANNER_EFFORT", "1"))
