"""Scores of what ingestion finds of tables, grids and record cards."""

from __future__ import annotations

from collections.abc import Sequence

from inventory_found import Entry, Found, Score, data_lines, inside, plain, ranges

from ingest.document import Kind, Row

Rows = dict[int, list[Row]]  # by the line on which a row begins


def score_tables(gold: Entry, found: Found, scores: dict[str, Score]) -> None:
    """Score tables, their columns, rows, total rows, row labels and sampled cells. Cards and grids stand apart."""
    rows: Rows = {}
    for chunk in found.of(Kind.ROW):
        if chunk.row and not inside(found.first(chunk), ranges(gold["cards"], "lines")):
            rows.setdefault(found.first(chunk), []).append(chunk.row)
    tables = [table for table in gold["tables"] if not table.get("grid")]
    plan = found.document.text.split("\n")
    expected: dict[int, Entry] = {line: table for table in tables for line in data_lines(table, plan)}
    spans = {row.table_span: line for line, same in sorted(rows.items(), reverse=True) for row in same}
    for table in tables:
        mine = {span for span, line in spans.items() if expected.get(line) is table}
        name = f"table at {table['parts'][0][0]}"
        scores["tables"].add(name, right=bool(mine), answered=False)
        for span in sorted(mine, key=lambda s: s.start)[1:]:
            scores["tables"].false(f"{name}: a part of its own at {found.line(span.start)}")
        lines = data_lines(table, plan)
        first = next((rows[line][0] for line in lines if line in rows), None)
        _score_columns(table, first, scores["columns"])
        for line in lines:
            scores["rows"].add(f"row at {line}", right=line in rows, answered=False)
        _score_cells(table, rows, scores)
        _score_totals(table, {line: rows[line] for line in lines if line in rows}, scores["total rows"])
    for span, line in spans.items():
        if line not in expected:
            scores["tables"].false(f"at {found.line(span.start)}")
    for line in rows.keys() - expected.keys():
        scores["rows"].false(f"row at {line}")


def _score_columns(table: Entry, row: Row | None, score: Score) -> None:
    names = [plain(cell.column) for cell in row.cells] if row else []
    expected = [plain("".join(parts)) for parts in table["columns"]]
    for name in expected:
        score.add(name, right=name in names, answered=False)
    for name in names:
        if name not in expected:
            score.false(name)


def _score_cells(table: Entry, rows: Rows, scores: dict[str, Score]) -> None:
    labelled: set[int] = set()
    for cell in table["cells"]:
        line, column = cell["line"], plain(cell["column"])
        name = f"{line} {cell['column']}"
        labels = [plain(part) for part in cell["row"] if part not in ("", "-")]
        row = _nearest(rows.get(line, []), labels)
        values = [plain(c.value) for c in row.cells if plain(c.column).endswith(column)] if row else []
        scores["cells"].add(name, right=any(_holds(v, cell) for v in values), answered=bool(values))
        if line not in labelled:
            labelled.add(line)
            label = plain(row.label) if row else ""
            scores["row labels"].add(
                f"{line} {row.label if row else ''}", right=all(p in label for p in labels), answered=bool(row)
            )


def _nearest(rows: Sequence[Row], labels: Sequence[str]) -> Row | None:
    """Return the row of a line that holds the labels: all rows of an HTML table may stand on one line."""
    held = [row for row in rows if all(any(label in plain(cell.value) for cell in row.cells) for label in labels)]
    return next(iter([*held, *rows]), None)


def _score_totals(table: Entry, rows: Rows, score: Score) -> None:
    expected = set(table.get("total_lines", []))
    marked = {line for line, same in rows.items() if any(row.total for row in same)}
    for line in expected:
        score.add(f"total at {line}", right=line in marked, answered=False)
    for line in marked - expected:
        score.false(f"no total: {line}")


def _holds(value: str, cell: Entry) -> bool:
    """Return whether a found value (compared form) is what the inventory says of the cell."""
    if "value" in cell:
        return value == plain(cell["value"])
    return value.startswith(plain(cell["starts"])) if "starts" in cell else plain(cell["contains"]) in value


def score_grids(gold: Entry, found: Found, scores: dict[str, Score]) -> None:
    """Score grids (tables without column names): read whole when every filled cell is a list item or a cell of its own."""
    for table in gold["tables"]:
        if table.get("grid"):
            within = [c for c in found.of(Kind.LIST, Kind.ROW) if inside(found.first(c), table["parts"])]
            items = [found.words(unit) for chunk in within if chunk.kind is Kind.LIST for unit in chunk.units]
            items += [cell.value for chunk in within if chunk.row for cell in chunk.row.cells if cell.value]
            shown = {plain(item) for item in items}
            whole = len(items) == table["filled_cells"] and all(plain(c["value"]) in shown for c in table["cells"])
            scores["grids"].add(f"grid at {table['parts'][0][0]}", right=whole, answered=bool(within))


def score_cards(gold: Entry, found: Found, scores: dict[str, Score]) -> None:
    """Score record cards by their titles, their fields, and the arrows of their schedules."""
    chunks = found.of(Kind.CARD)
    rows = {found.first(c): c.row for c in found.of(Kind.ROW) if c.row}
    for card in gold["cards"]:
        mine = [c for c in chunks if inside(found.first(c), [card["lines"]])]
        title = any(plain(card["title"]) in plain(" ".join((*c.heading_path, found.words(c.units[0])))) for c in mine)
        scores["cards"].add(card["title"], right=title, answered=bool(mine))
        for entry in card["fields"]:
            same = [c for c in mine if found.first(c) == entry["line"]]
            right = any(
                plain(entry["name"]) in "".join(map(plain, c.heading_path))
                and plain(found.words(c.units[0])).startswith(plain(entry["starts"])[:12])
                for c in same
            )
            scores["card fields"].add(f"{entry['line']} {entry['name']}", right=right, answered=bool(same))
        for step in card["schedule"]:
            row = rows.get(step["line"])
            held = {plain(c.column): plain(c.value) for c in row.cells} if row else {}
            right = plain(step["stage"]) in held.values() and held.get(plain(step["column"])) == plain(step["value"])
            scores["card schedules"].add(f"{step['line']} {step['stage']}", right=right, answered=bool(row))
    for chunk in chunks:
        if not inside(found.first(chunk), ranges(gold["cards"], "lines")):
            scores["cards"].false(f"at {found.first(chunk)}")
