"""Plans of other cities, which prove that nothing knows the bundled one. All of them are invented."""
