"""The organisations and people that files name, and the new ones that have to be added."""
