"""The page of one answer: what its link opens."""
