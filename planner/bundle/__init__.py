"""A plan's data files: read, checked, and loaded so that loading twice changes nothing."""
