"""Where the database is, how it is opened, and whether it is one of ours."""
