"""Evidence on one item that stands alone: its criterion, condition and history, proven against a checkpoint."""
