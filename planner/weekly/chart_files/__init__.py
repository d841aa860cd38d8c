"""The charts of the weekly page as pictures, one file each, for slides and other documents.

`data.py` says what a picture shows, `charts.typ` lays it out, and `making.py` makes the files.
"""
