"""Status sheets: workbooks that organisations fill in to report, and reading them back.

A sheet is written from a week (`content`, `status_workbook`). A file that comes back is read into rows (`filled`),
compared with the register (`comparing`) and shown, and only then recorded, by the same functions as the app's report
form. docs/sheets.md describes it for users.
"""
