"""The weekly file as an Excel workbook: a cover, one sheet per section, and charts. Needs the extra `reports`."""
