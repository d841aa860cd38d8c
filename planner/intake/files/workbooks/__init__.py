"""Reading workbooks: XLSX, XLS and ODS."""
