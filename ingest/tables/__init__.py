"""Tables and record cards: cells, column names, rows."""
