"""The formats beside PDF and HTML: tables (XLSX, CSV) and the document (DOCX)."""
