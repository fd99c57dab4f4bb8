"""A question -> understanding -> retrieval -> an answer in which every statement carries a verified quote."""
