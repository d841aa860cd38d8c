"""What people decided about the differences that imports find, now and in earlier imports."""
