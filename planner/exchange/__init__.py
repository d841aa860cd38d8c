"""Export the crosswalk, the links and the citations in formats that other programs read."""
