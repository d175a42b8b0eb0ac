"""The questionnaire as a workbook: filled in with a spreadsheet program, and read back."""
