"""The web pages: Gradio in Japanese, its own look; whatever comes from a plan or a person is shown as text."""
