"""評価, past runs, their failures and differences, and a run of one's own."""
