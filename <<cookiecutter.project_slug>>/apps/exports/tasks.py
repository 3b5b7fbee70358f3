"""Background work of exports: each task is a thin shell around a service."""

from typing import Any

from apps.background.base import LongTask, service_task

from . import services


class ExportTask(LongTask):
    """Its owner learns that an export will not be tried again."""

    def gave_up(self, arguments: dict[str, Any]) -> None:
        services.export_fail(export_id=arguments["export_id"])


export_run = service_task(services.export_run, base=ExportTask)
exports_purge = service_task(services.exports_purge, base=LongTask)
