"""The rules of progress: pure functions of recorded facts, an as-of date and the plan's settings (docs/rules.md)."""
