"""The rules of progress: pure functions of recorded facts, an as-of date and a plan's settings (docs/rules.md)."""
