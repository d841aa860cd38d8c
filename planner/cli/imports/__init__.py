"""Importing the office's own files: the command, its questions, and the preview as text."""
