"""A new mandate version: drafted from a text, reviewed by people, then adopted."""
