"""Commands about the audit log and its verification."""
