"""The dialogs of the app, one per module."""
