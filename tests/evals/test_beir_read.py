"""BEIR folders, and what is said about broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.beir_read import MOST_FAULTS, BeirDocument, read_beir
from evals.problems import CasesError
from tests.evals.beir_folder import CORPUS, QRELS, QUERIES, write_beir


def faults(folder: Path) -> list[str]:
    """Return what reading says, each fault on a line, paths shortened to the folder."""
    with pytest.raises(CasesError) as told:
        read_beir(folder)
    return str(told.value).replace(f"{folder}/", "").splitlines()


def test_only_queries_with_a_relevant_document_are_kept(tmp_path: Path) -> None:
    """A query without judgements is left out; judgements keep their scores, 0 included."""
    beir = read_beir(write_beir(tmp_path / "set"))
    assert [document.id for document in beir.documents] == [name for name, *_ in CORPUS]
    assert list(beir.queries) == ["q1", "q2", "q3", "q4", "q5", "q6"]
    assert beir.queries["q1"] == dict(QUERIES)["q1"]
    assert beir.qrels["q5"] == {"d7": 2, "d2": 1}
    assert beir.qrels["q6"] == {"d1": 1, "d9": 0}


def test_a_query_judged_irrelevant_alone_is_left_out(tmp_path: Path) -> None:
    """Nothing can be found for a query whose every judgement is 0."""
    beir = read_beir(write_beir(tmp_path / "set", qrels=[("q1", "d1", "0"), ("q2", "d4", "1")]))
    assert list(beir.queries) == ["q2"]


def test_forms_that_occur_in_the_wild_are_read(tmp_path: Path) -> None:
    """A byte-order mark, CRLF, blank lines, extra keys, a title that is missing or null, and U+2028 inside a text."""
    folder = write_beir(tmp_path / "set", qrels=[("q1", "b", "1")])
    lines = ['{"_id": "a", "text": "本文", "metadata": {}}', "", '{"_id": "b", "title": null, "text": "前\u2028後"}']
    (folder / "corpus.jsonl").write_text("\r\n".join(["\ufeff" + lines[0], *lines[1:]]), "utf-8", newline="")
    assert read_beir(folder).documents == (BeirDocument("a", "", "本文"), BeirDocument("b", "", "前\u2028後"))


def test_a_lone_surrogate_is_replaced(tmp_path: Path) -> None:
    """JSON can spell half a character; what is read can always be written as UTF-8."""
    folder = write_beir(tmp_path / "set", qrels=[("q1", "a", "1")])
    (folder / "corpus.jsonl").write_text('{"_id": "a", "title": "\\ud83d題", "text": "本\\udc00文"}\n', "utf-8")
    (document,) = read_beir(folder).documents
    assert (document.title, document.text) == ("?題", "本?文")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "corpus.jsonl:2: JSON として読めません"),
        ('["a"]', "corpus.jsonl:2: 1行に1つの JSON オブジェクト"),
        ('{"title": "", "text": ""}', "corpus.jsonl:2: _id: この項目がありません"),
        ('{"_id": "b", "title": ""}', "corpus.jsonl:2: text: この項目がありません"),
        ('{"_id": 7, "text": ""}', "corpus.jsonl:2: _id: 文字列にしてください"),
        ('{"_id": "b", "title": 1, "text": ""}', "corpus.jsonl:2: title: 文字列にしてください"),
        ('{"_id": "", "text": ""}', "corpus.jsonl:2: _id: 空にせず"),
        ('{"_id": "a", "text": ""}', "corpus.jsonl:2: _id: _id「a」は1行目にもあります"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, told: str) -> None:
    """File, line and key of the fault, and what to do."""
    folder = write_beir(tmp_path / "set")
    (folder / "corpus.jsonl").write_text('{"_id": "a", "text": "本文"}\n' + line + "\n", "utf-8")
    (fault,) = faults(folder)
    assert fault.startswith(told)


def test_bytes_that_are_not_utf8_are_named(tmp_path: Path) -> None:
    """A line in another encoding is a fault of that line."""
    folder = write_beir(tmp_path / "set")
    (folder / "queries.jsonl").write_bytes(
        b'{"_id": "q1", "text": "a"}\n' + '{"_id": "q2", "text": "鯨"}'.encode("cp932")
    )
    assert faults(folder) == ["queries.jsonl:2: 文字コードが UTF-8 ではありません。UTF-8 で保存し直してください。"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("q9\td1\t1", "qrels/test.tsv:2: query-id: 質問「q9」が queries.jsonl にありません。"),
        ("q1\td99\t1", "qrels/test.tsv:2: corpus-id: 文書「d99」が corpus.jsonl にありません。"),
        ("q1\td1\tyes", "qrels/test.tsv:2: score: score「yes」を整数にしてください。"),
        ("q1 d1 1", "qrels/test.tsv:2: タブで区切った3列（query-id、corpus-id、score）にしてください。"),
        ("q1\td1\t1\nq1\td1\t2", "qrels/test.tsv:3: score: 質問「q1」と文書「d1」の組に、別の score（1）もあります。"),
    ],
)
def test_a_broken_judgement_is_named(tmp_path: Path, row: str, told: str) -> None:
    """Ids that no file has, scores that are no whole numbers, lines without three columns."""
    folder = write_beir(tmp_path / "set")
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{row}\n", "utf-8")
    assert faults(folder) == [told]


def test_judgements_without_a_header_are_refused(tmp_path: Path) -> None:
    """The first line is never a judgement; one that looks like it would be lost in silence."""
    folder = write_beir(tmp_path / "set")
    (folder / "qrels" / "test.tsv").write_text("".join("\t".join(row) + "\n" for row in QRELS), "utf-8")
    assert faults(folder) == ["qrels/test.tsv:1: 1行目は見出し（query-id、corpus-id、score）にしてください。"]


def test_nothing_to_evaluate_is_refused(tmp_path: Path) -> None:
    """An empty corpus, and judgements without a relevant document."""
    assert "文書が1件もありません" in faults(write_beir(tmp_path / "a", corpus=[]))[0]
    assert "score が 1 以上の行がなく" in faults(write_beir(tmp_path / "b", qrels=[]))[0]
    assert "score が 1 以上の行がなく" in faults(write_beir(tmp_path / "c", qrels=[("q1", "d1", "0")]))[0]


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    """Each file is needed, and the sentence says which ones a folder has."""
    folder = write_beir(tmp_path / "set")
    (folder / name).unlink()
    (fault,) = faults(folder)
    assert fault.startswith(f"{name}:1: ファイルを読めません")
    assert "corpus.jsonl、queries.jsonl、qrels/test.tsv が必要" in fault


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """A folder that is not there is said to be missing, not its first file."""
    with pytest.raises(CasesError, match="フォルダーがありません"):
        read_beir(tmp_path / "nowhere")


def test_many_faults_are_cut_short(tmp_path: Path) -> None:
    """A corpus with the wrong keys does not fill the screen."""
    folder = write_beir(tmp_path / "set")
    (folder / "corpus.jsonl").write_text('{"_id": "a"}\n' * 1000, "utf-8")
    told = faults(folder)
    assert len(told) == MOST_FAULTS + 1
    assert told[-1].endswith("ここで読むのをやめました。")
