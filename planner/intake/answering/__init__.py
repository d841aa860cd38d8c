"""What people answer about an import, now and in earlier imports."""
