"""Files of every form that towns publish -> one kind of text, which the parser reads and quotes refer to."""
