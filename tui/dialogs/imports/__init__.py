"""The dialogs of an import: which files, answers to questions, options, and the confirmation."""
