"""Taking back the import of an office's register: what it wrote, what forbids it, and the compensating write."""
