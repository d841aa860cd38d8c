"""Writing what a preview contains: one write, all of it or nothing."""
