"""A table as a file that a browser saves."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.responses import Response

CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
"""What the API's description says of a response that may be a table."""


def csv_response(table: str, *, name: str, japanese_name: str) -> Response:
    """Return the response; ``name`` is in ASCII, for what does not read the other one (RFC 6266)."""
    names = f"attachment; filename=\"{name}\"; filename*=UTF-8''{quote(japanese_name)}"
    headers = {"Content-Disposition": names}
    return Response(table.encode("utf-8"), media_type="text/csv; charset=utf-8", headers=headers)
