"""Serves a tiny causal language model with random weights, made on the spot, by transformers' own OpenAI-compatible server.

``python tiny_model_server.py FOLDER PORT``. The parts are those of ``transformers serve``, put together as it does; only
the loading differs: the command insists on the package accelerate, which a model of some kilobytes on a processor does
not need and the locks do not hold.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

TEMPLATE = "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}assistant: "
WORDS = "計画の期間は、令和5年度から令和9年度までの5年間です。[1]平生町の計画には次のように書かれています。"
LONGEST_REPLY = 40  # tokens


def make_model(folder: Path) -> None:
    """Write a model of two layers and its tokenizer of bytes to ``folder``."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    pieces = Tokenizer(models.BPE())
    pieces.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    pieces.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=400, special_tokens=["<s>", "</s>"], initial_alphabet=alphabet, show_progress=False
    )
    pieces.train_from_iterator([WORDS], trainer)
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=pieces, bos_token="<s>", eos_token="</s>", pad_token="</s>", chat_template=TEMPLATE
    )
    tokenizer.save_pretrained(folder)
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=4096,
        bos_token_id=0,
        eos_token_id=1,
    )
    model = LlamaForCausalLM(config)
    model.generation_config.max_new_tokens = LONGEST_REPLY
    model.save_pretrained(folder)


def main() -> None:
    """Make the model and serve it until the process is ended."""
    import uvicorn
    from transformers import AutoModelForCausalLM
    from transformers.cli.serving.chat_completion import ChatCompletionHandler
    from transformers.cli.serving.completion import CompletionHandler
    from transformers.cli.serving.model_manager import ModelManager
    from transformers.cli.serving.response import ResponseHandler
    from transformers.cli.serving.server import build_server
    from transformers.cli.serving.systemone import SystemOneHandler
    from transformers.cli.serving.transcription import TranscriptionHandler
    from transformers.cli.serving.utils import GenerationState

    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    make_model(folder)

    class OnProcessor(ModelManager):
        def _load_model(self, *arguments: Any, **options: Any) -> Any:
            return AutoModelForCausalLM.from_pretrained(folder)

    manager = OnProcessor(device="cpu", force_model=str(folder))
    state = GenerationState()
    app = build_server(
        manager,
        ChatCompletionHandler(manager, state),
        CompletionHandler(manager, state),
        ResponseHandler(manager, state),
        TranscriptionHandler(manager, state),
        SystemOneHandler(manager, state),
        state,
    )
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main()
