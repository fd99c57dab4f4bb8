"""A plan as HTML: its own words, all of them and in their order, with quotes marked to the character."""
