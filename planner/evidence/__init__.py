"""A self-contained evidence pack on one item: its criterion, condition and history, proven against a checkpoint."""
