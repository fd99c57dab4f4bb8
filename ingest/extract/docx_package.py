"""The parts of a Word file that hold its text. Nothing is inflated before the sizes it claims are known to be bearable."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ingest.extract.extracted import ExtractionError

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_TOTAL = 500_000_000  # bytes of all members; photographs come to tens of megabytes
MAX_PART = 200_000_000  # bytes of one part with text
MAX_RATIO = 200  # inflated to stored bytes; long tables of XML come to 60, deflate's limit is 1,032
_SMALL = 10_000_000  # bytes; below this no ratio does harm
_MAX_MEMBERS = 20_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .doc and of encrypted files
_SAVE_AGAIN = "Word で開き、「Word 文書（.docx）」として保存し直してください。"
_NAMESPACES = (  # transitional and strict (ISO/IEC 29500); names in them stand without a prefix below
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATH = ("http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math")
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_PREFIXES = {**dict.fromkeys(_NAMESPACES, ""), **dict.fromkeys(_MATH, "m:"), _COMPATIBILITY: "mc:"}
_READ_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class DocxPackage:
    """A Word file's parts by the role that its relationships give them: "document", "styles", "footnotes" and so on."""

    def __init__(self, data: bytes) -> None:
        self._archive = _open(data)
        self._names = {name.lower(): name for name in self._archive.namelist()}
        document = self._targets("").get("officeDocument", "")
        if posixpath.basename(document).lower() in ("workbook.xml", "presentation.xml") or not document:
            raise ExtractionError(f"Word の文書ではありません（本文がありません）。{_SAVE_AGAIN}")
        self._parts = {**self._targets(document), "document": document}

    def root(self, role: str) -> _Element | None:
        """Return the root element of a part, ``None`` where the file has no such part."""
        last = None
        for _, last in self.events(role, ("end",)):  # noqa: B007 the last to end is the root
            pass
        return last

    def holds(self, role: str, words: bytes) -> bool:
        """Return whether a part's bytes hold these words."""
        name = self._parts.get(role, "")
        return name.lower() in self._names and words in self._read(name)

    def events(self, role: str, kinds: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        """Yield the parse events of a part: ("start" or "end", element). Nothing where the file has no such part."""
        name = self._parts.get(role, "")
        if name.lower() not in self._names:
            return
        yield from _events(self._read(name), kinds)

    def _targets(self, part: str) -> dict[str, str]:
        """Return the parts that a part ("" for the package) relates to, by the last word of the relationship's type."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        targets: dict[str, str] = {}
        if name.lower() not in self._names:
            return targets
        for _, element in _events(self._read(name), ("end",)):
            if local(element.tag).endswith("Relationship") and element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
                targets.setdefault(posixpath.basename(element.get("Type", "")), target.lstrip("/"))
        return targets

    def _read(self, name: str) -> bytes:
        """Return a part's bytes. A member that lies about its size is cut there and fails its checksum."""
        info = self._archive.getinfo(self._names[name.lower()])
        if info.file_size > MAX_PART:
            raise ExtractionError(
                f"文書の中身が大きすぎます（上限 {MAX_PART // 1_000_000} MB）。文書を分けて保存し直してください。"
            )
        try:
            return self._archive.read(info)
        except _READ_ERRORS as error:
            raise ExtractionError(f"Word の文書が壊れています（{name}）。{_SAVE_AGAIN}") from error


@lru_cache(maxsize=2_000)
def local(tag: object) -> str:
    """Return an element's name: bare for WordprocessingML, ``m:`` for mathematics, ``mc:`` for alternatives, ``?`` others.

    >>> local("{http://purl.oclc.org/ooxml/wordprocessingml/main}p"), local("{urn:x}p"), local("p")
    ('p', '?p', '?p')
    """
    if not isinstance(tag, str):
        return "?"  # a comment, a processing instruction, an entity
    space, _, name = tag.lstrip("{").rpartition("}")
    return _PREFIXES.get(space, "?") + name


def value(element: _Element | None, name: str = "val") -> str:
    """Return a WordprocessingML attribute of an element, "" where there is none."""
    if element is None:
        return ""
    return next((found for space in _NAMESPACES if (found := element.get(f"{{{space}}}{name}")) is not None), "")


def child(element: _Element | None, *path: str) -> _Element | None:
    """Return the first child of that name, and of it the next; ``None`` where one is missing."""
    for name in path:
        if element is None:
            return None
        element = next((e for e in element if local(e.tag) == name), None)
    return element


def switched_on(element: _Element | None) -> bool:
    """Return whether an on-off element stands there and is not switched off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")


def _open(data: bytes) -> zipfile.ZipFile:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ExtractionError("パスワードで保護された文書です。Word で開き、保護を外して保存し直してください。")
        raise ExtractionError(f"古い形式（.doc）の文書です。{_SAVE_AGAIN}")
    if not data.startswith(b"PK"):
        raise ExtractionError(f"Word の文書（.docx）ではありません。{_SAVE_AGAIN}")
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _READ_ERRORS as error:
        raise ExtractionError(f"Word の文書が壊れています。{_SAVE_AGAIN}") from error
    members = archive.infolist()
    total = sum(info.file_size for info in members)
    if len(members) > _MAX_MEMBERS or total > MAX_TOTAL or (total > _SMALL and total > len(data) * MAX_RATIO):
        raise ExtractionError(
            f"展開すると大きすぎる文書です（約 {total // 1_000_000:,} MB）。壊れているか、不正なファイルの恐れがあります。"
            + _SAVE_AGAIN
        )
    if any(info.flag_bits & 1 for info in members):
        raise ExtractionError("パスワードで保護された文書です。保護を外して保存し直してください。")
    return archive


def _events(data: bytes, kinds: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield the parse events of XML that declares no entities, fetches nothing and nests at most 256 deep."""
    from lxml import etree

    try:
        first = True
        for event, element in etree.iterparse(
            BytesIO(data),
            events=("start", *kinds) if "start" not in kinds else kinds,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        ):
            if first and element.getroottree().docinfo.internalDTD is not None:
                raise ExtractionError(f"Word の文書にあってはならない宣言（DTD）が含まれています。{_SAVE_AGAIN}")
            first = False
            if event in kinds:
                yield event, element
    except etree.LxmlError as error:
        raise ExtractionError(f"Word の文書の中身（XML）が壊れています。{_SAVE_AGAIN}") from error
