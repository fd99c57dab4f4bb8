"""Question sets, metrics, runs and reports over the assistant that users talk to."""
