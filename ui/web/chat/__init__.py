"""The chat page: questions, answers with their quotes, and the plan beside them."""
