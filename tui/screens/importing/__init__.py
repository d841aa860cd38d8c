"""The screen of an import: its preview, and everything that the person says about the files."""
