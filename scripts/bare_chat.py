"""A bare Gradio chat over the same assistant, to measure our pages against: ``python scripts/bare_chat.py PORT``."""

import sys

import gradio as gr

from assistant.answer import Question
from ui.open import open_assistant
from ui.settings import read_settings


def main() -> None:
    """Serve the chat on the port named on the command line."""
    assistant = open_assistant(read_settings())
    chat = gr.ChatInterface(lambda message, history: assistant.answer(Question(message)).answer, title="まちプラン")
    chat.launch(server_port=int(sys.argv[1]), quiet=True, ssr_mode=False)


if __name__ == "__main__":
    main()
