"""One item with all that it stands on and all that was recorded of it, in one archive that stands alone."""
