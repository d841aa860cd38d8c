"""The key bindings of the app."""
