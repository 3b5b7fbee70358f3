"""Everything that writes exports."""

from .exports import export_cancel, export_fail, export_start, exports_purge
from .run import export_run

__all__ = [
    "export_cancel",
    "export_fail",
    "export_run",
    "export_start",
    "exports_purge",
]
