"""Tests of planner sheets."""
