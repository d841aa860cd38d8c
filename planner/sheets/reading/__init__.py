"""Reading status sheets that came back: what was filled in, and what else in them was changed."""
