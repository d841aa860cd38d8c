"""The weekly file as a workbook: a cover, a sheet per section, charts. Made with XlsxWriter (the extra `reports`)."""
