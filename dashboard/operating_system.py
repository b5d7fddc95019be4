"""What the operating system says when it refuses, in Indonesian."""

from __future__ import annotations

import errno

_REASONS = {
    errno.EACCES: "izin ditolak",
    errno.EPERM: "izin ditolak",
    errno.EROFS: "disk hanya dapat dibaca",
    errno.ENOSPC: "disk penuh",
    errno.EDQUOT: "jatah disk habis",
    errno.ENOENT: "folder atau berkas tidak ada",
    errno.EEXIST: "sudah ada berkas dengan nama itu",
    errno.ENOTDIR: "di jalurnya ada berkas, bukan folder",
    errno.EISDIR: "itu folder, bukan berkas",
    errno.EIO: "disk rusak atau terlepas",
}


def reason(error: OSError) -> str:
    """Why the system refused, as the words between two brackets."""
    return _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)
