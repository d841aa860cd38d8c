"""Code metrics, such as sizes and circular imports. `make house` prints them."""
