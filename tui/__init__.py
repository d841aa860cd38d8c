"""The app: screens and widgets. Knows planner's reads and writes, no SQL."""
