"""The report of a run: a page to read, and the same figures for spreadsheets, programs and build servers."""
