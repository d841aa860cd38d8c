"""The report form: its fields, the texts in them, drafts, merging with other people's changes, and saving."""
