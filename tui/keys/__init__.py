"""The keys of the app."""
