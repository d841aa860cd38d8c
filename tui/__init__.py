"""The terminal app: screens and widgets. It uses planner's queries and writes, and contains no SQL."""
