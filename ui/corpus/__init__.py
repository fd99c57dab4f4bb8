"""The corpus as one file: every plan with its text, its structure and its measures, written and read back."""
