"""The parts of the screens about the audit log."""
