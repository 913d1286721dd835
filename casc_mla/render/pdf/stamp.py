"""The date and the identity of a PDF: the letter's own, so that the same letter gives the same bytes.

LibreOffice writes the moment of printing and a random identity.  Both are replaced, byte for byte of the same length,
by the moment of the letter and by a hash of the file; the hash also tells whether somebody changed the PDF since.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

_INFO_DATE = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)\d{14}((?:[+\-Z][0-9']*)?\))")
_XMP_DATE = re.compile(
    rb"(<xmp:(?:CreateDate|ModifyDate|MetadataDate)>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d((?:Z|[+-]\d\d:\d\d)<)"
)
_ID = re.compile(rb"(/ID\s*\[\s*<)([0-9A-Fa-f]{32})(>\s*<)([0-9A-Fa-f]{32})(>\s*\])")
_CHECKSUM = re.compile(rb"(/DocChecksum\s*/)([0-9A-Fa-f]{32})")
_NOUGHT = b"0" * 32


def stamp(pdf: bytes, moment: datetime) -> bytes:
    """Return a PDF with the date and the identity of the letter; ``moment`` is in UTC."""
    pdf = _INFO_DATE.sub(lambda m: m[1] + moment.strftime("%Y%m%d%H%M%S").encode() + _utc(m[2]), pdf)
    pdf = _XMP_DATE.sub(lambda m: m[1] + moment.strftime("%Y-%m-%dT%H:%M:%S").encode() + _utc(m[2]), pdf)
    blank = _with_identity(pdf, _NOUGHT)
    return _with_identity(blank, _digest(blank))


def is_untouched(pdf: bytes) -> bool:
    """Tell whether a PDF is as ``stamp`` left it: nobody signed, stamped or changed it."""
    found = _ID.search(pdf)
    if found is None or pdf.count(b"%%EOF") != 1:
        return False
    return found[2] == _digest(_with_identity(pdf, _NOUGHT))


def _utc(zone: bytes) -> bytes:
    return re.sub(rb"\d", b"0", zone.replace(b"-", b"+"))


def _digest(pdf: bytes) -> bytes:
    return hashlib.sha256(pdf).hexdigest()[:32].upper().encode()


def _with_identity(pdf: bytes, identity: bytes) -> bytes:
    pdf = _ID.sub(lambda m: m[1] + identity + m[3] + identity + m[5], pdf)
    return _CHECKSUM.sub(lambda m: m[1] + identity, pdf)
