"""The database: its location, its tables, its revisions, and the audit log's journal."""
