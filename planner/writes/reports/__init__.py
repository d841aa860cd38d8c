"""Writes of officers and managers: reports, dates, values, and the confirmation of endings."""
