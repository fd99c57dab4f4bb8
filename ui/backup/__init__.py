"""Everything that cannot be made anew, in one file and back: answers, feedback, sent files, evaluations, plans, the index."""
