"""Exporting the whole register in files that an import reads back without any difference (docs/exports.md)."""
