"""Tools that measure and check the project. Each is run as a module: python -m bench.house."""
