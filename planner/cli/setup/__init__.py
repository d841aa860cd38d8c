"""Commands that set up a register, its people, and the app."""
