"""The parts of the report form."""
