"""The crosswalk, the links and the citations in the forms that other programs read."""
