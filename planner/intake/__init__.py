"""Importing an office's own register from the files that people have: workbooks, tables, pages and lists.

A file passes these stations: `files` reads it into sheets, `layout` finds the header, the columns and the values and
returns a proposed register, and the comparison with the stored register gives the preview that people see. Only the
preview is ever written. docs/import.md describes it for users.
"""
