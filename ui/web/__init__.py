"""The chat page: Gradio in Japanese, its own look, and the citations as escaped HTML."""
