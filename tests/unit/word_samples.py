"""Word drafts made by tests: paragraphs of raw WordprocessingML with notes, boxes and comments beside them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

__all__ = ["BOX", "write_word"]

_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE: Final = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_KIND: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOX: Final = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)
"""A run with a text box that holds `{0}`, as Word writes it: twice."""


def write_word(
    path: Path, body: str, *, footnotes: str = "", endnotes: str = "", comments: str = "", styles: str = ""
) -> Path:
    """A Word file; each part is the XML inside its root, notes and comments are whole elements."""
    parts = {"footnotes": footnotes, "endnotes": endnotes, "comments": comments, "styles": styles}
    used = {name: xml for name, xml in parts.items() if xml}
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_KIND}.{name}+xml"/>' for name in used)
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATION}/{name}" Target="{name}.xml"/>' for n, name in enumerate(used)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    packaged = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'{head}<Types xmlns="{packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.'
            f'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>{types}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'{head}<Relationships xmlns="{packaged}/relationships"><Relationship Id="r0" Type="{_RELATION}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'{head}<Relationships xmlns="{packaged}/relationships">{relations}</Relationships>',
        )
        archive.writestr("word/document.xml", f"{head}<w:document {_W} {_MORE}><w:body>{body}</w:body></w:document>")
        for name, xml in used.items():
            archive.writestr(f"word/{name}.xml", f"{head}<w:{name} {_W}>{xml}</w:{name}>")
    return path
