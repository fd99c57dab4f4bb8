"""PDF files written byte by byte, for what no writer would make."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import accumulate

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
WORDS = b"BT /F 10 Tf 70 700 Td (Hello plan text) Tj ET\n"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"


def pdf(objects: Sequence[bytes]) -> bytes:
    """Return a file of these objects, numbered from 1; the first is the catalogue."""
    header = b"%PDF-1.7\n"
    written = [b"%d 0 obj\n%b\nendobj\n" % (number, body) for number, body in enumerate(objects, 1)]
    places = accumulate((len(body) for body in written), initial=len(header))
    *starts, end = places
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % start for start in starts)
    trailer = b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (size, end)
    return b"".join((header, *written, table, trailer))


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a packed stream."""
    return raw(zlib.compress(content, 9), b"/Filter/FlateDecode" + entries)


def raw(packed: bytes, entries: bytes) -> bytes:
    """Return a stream of bytes that are packed already."""
    return b"<</Length %d%b>>\nstream\n%b\nendstream" % (len(packed), entries, packed)


def page(content: bytes, resources: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    """Return a file of one page; ``more`` objects are numbered from 6."""
    leaf = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%b>>>>" % resources
    )
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", leaf, content, FONT, *more])


def deep_tree(levels: int) -> bytes:
    """Return a file whose only page lies so many levels down."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    objects += [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (level + 3) for level in range(levels)]
    objects.append(b"<</Type/Page/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<<>>>>" % (levels + 3))
    return pdf([*objects, stream(WORDS)])
