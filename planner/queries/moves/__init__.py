"""What changed about the items of a plan between two days: by their states, by acts and by late records."""
