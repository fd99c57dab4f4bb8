"""Plan files that are sent to a running server: kept in a folder of its own, taken into the index one batch at a time."""
