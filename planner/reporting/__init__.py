"""The report form: its fields, the texts in them, drafts, merging with what others wrote, and saving."""
