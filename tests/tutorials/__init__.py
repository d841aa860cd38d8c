"""Tests that follow the tutorials."""
