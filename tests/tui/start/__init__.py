"""What is done before Textual is imported."""
