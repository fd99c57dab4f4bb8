"""The faces of the assistant: the chat page, the HTTP API and the command line."""
