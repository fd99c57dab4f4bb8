"""``machiplan eval``: question sets, runs, reports, comparisons and the gate on the command line."""
