"""Before a service is called down: whether it was our own line. Then nobody can tell, and that is what is kept."""

from __future__ import annotations

from dataclasses import replace

from dashboard.ingestion.connectivity import line_is_up
from datasources.contract import Batch, Record
from datasources.services.records import ON_THE_WAY, OURS, ServiceCheck


def judged(batch: Batch, check: str) -> Batch:
    """The batch; checks that failed on the way become "tidak diketahui" while the configured neighbour is silent.

    An answer that was wrong came from the service: it stays as it is.
    """
    if not check or not any(_may_be_ours(record) for record in batch.records) or line_is_up(check):
        return batch
    return replace(batch, records=tuple(_unknown(record) for record in batch.records))


def _may_be_ours(record: Record) -> bool:
    return isinstance(record, ServiceCheck) and record.verdict == "gagal" and record.cause in ON_THE_WAY


def _unknown(record: Record) -> Record:
    if not _may_be_ours(record):
        return record
    assert isinstance(record, ServiceCheck)  # noqa: S101 - asked above
    return replace(record, verdict="tidak diketahui", cause=OURS)
