"""More questions made of those that were written and of the plans' tables, without a model."""
