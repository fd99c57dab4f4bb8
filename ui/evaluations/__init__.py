"""Evaluations that a running server starts: question sets that were sent, one run at a time, cases made of feedback."""
