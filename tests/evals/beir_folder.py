"""A BEIR folder of twelve short Japanese documents and six questions, written where a test wants it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

CORPUS: tuple[tuple[str, str, str], ...] = (
    ("d1", "味噌汁", "大根と人参を切り、だしで煮てから味噌を溶き入れる。"),
    ("d2", "富士山", "標高は3776メートルで、日本で最も高い山である。"),
    ("d3", "琵琶湖", "滋賀県にあり、日本で最も広い湖である。"),
    ("d4", "新幹線", "昭和39年に東京と新大阪の間で営業を始めた。"),
    ("d5", "将棋", "二人で盤を挟み、駒を動かして相手の王将を詰ませる遊びである。"),
    ("d6", "オーロラ", "太陽から来た粒子が大気とぶつかり、夜空が緑や赤に光る。"),
    ("d7", "富士山", "夏の間だけ登山道が開かれ、多くの人が山頂を目指す。"),
    ("d8", "歌舞伎", "江戸時代に生まれた芝居で、男の役者が女の役も演じる。"),
    ("d9", "俳句", "五・七・五の十七音で季節を詠む短い詩である。"),
    ("d10", "", "鯨は海に住む哺乳類で、肺で呼吸する。"),
    ("d11", "温泉", "地中から湧き出る温かい湯に入り、体を休める。"),
    ("d12", "桜", "春に淡い紅色の花を咲かせ、花見の名所が各地にある。"),
)
QUERIES: tuple[tuple[str, str], ...] = (
    ("q1", "日本で一番高い山の標高は何メートルですか。"),
    ("q2", "新幹線が営業を始めたのは１９６４年ですか？"),
    ("q3", "<b>オーロラ</b>はなぜ光るの？"),
    ("q4", "肺で呼吸する海の哺乳類は？"),
    ("q5", "富士山の登山道はいつ開かれますか。"),
    ("q6", "味噌を溶き入れる料理は？"),
    ("q7", "誰も答えを付けていない質問"),
)
QRELS: tuple[tuple[str, str, str], ...] = (
    ("q1", "d2", "1"),
    ("q2", "d4", "1"),
    ("q3", "d6", "1"),
    ("q4", "d10", "1"),
    ("q5", "d7", "2"),
    ("q5", "d2", "1"),
    ("q6", "d1", "1"),
    ("q6", "d9", "0"),
)


def write_beir(
    folder: Path,
    corpus: Iterable[tuple[str, str, str]] = CORPUS,
    queries: Iterable[tuple[str, str]] = QUERIES,
    qrels: Iterable[tuple[str, str, str]] = QRELS,
) -> Path:
    """Write the three files into ``folder`` and return it."""
    (folder / "qrels").mkdir(parents=True)
    write_lines(folder / "corpus.jsonl", ({"_id": a, "title": b, "text": c} for a, b, c in corpus))
    write_lines(folder / "queries.jsonl", ({"_id": a, "text": b} for a, b in queries))
    rows = (("query-id", "corpus-id", "score"), *qrels)
    (folder / "qrels" / "test.tsv").write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")
    return folder


def write_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Write one JSON object a line."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
