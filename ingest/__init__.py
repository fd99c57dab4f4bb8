"""Read plan files into documents: sections, tables, glossaries and sentences as exact spans of the untouched text."""
