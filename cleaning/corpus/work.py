"""What a worker does: raw rows in, staged rows out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import Any

import daft
import pyarrow as pa
from daft import DataType

from ..document import Document, Dropped, Raw, Reason
from ..errors import CleaningError, RecordError
from ..pipeline import clean
from ..read import Unreadable
from ..settings import Settings
from .rows import staged_schema, to_rows
from .source import RAW, from_rows


def cleaned(settings: Settings, workers: int) -> Any:
    """Return the Daft expression that makes, of the columns of a raw record, the list of its staged rows."""
    batches = daft.method.batch(
        return_dtype=DataType.from_arrow_type(_list_type(settings)), batch_size=settings.engine.batch_documents
    )
    kind = type("Cleaner", (_Cleaner,), {"rows": batches(_Cleaner.rows), "__module__": __name__})
    cleaner = daft.cls(kind, use_process=True, max_concurrency=workers)(settings.model_dump_json())
    return cleaner.rows(*(daft.col(name) for name in RAW.names))


class _Cleaner:
    def __init__(self, settings: str) -> None:
        self._settings = Settings.model_validate_json(settings)

    def rows(self, *columns: daft.Series) -> Any:
        arrays = [column.to_arrow() for column in columns]
        table = pa.table(arrays, names=RAW.names).cast(RAW)
        outcomes = [outcome(record, self._settings) for record in from_rows(table)]
        return _as_lists(outcomes, self._settings)


def outcome(record: Raw | Unreadable, settings: Settings) -> list[Document]:
    """Return the documents that come of a record: itself first, then the articles split off from it.

    A record that cannot be decoded or extracted becomes a document without id, dropped as unreadable. Anything else
    that goes wrong is a bug and stops the build; the message names the record.
    """
    if isinstance(record, Unreadable):
        return [unreadable(record.origin, record.message)]
    try:
        document = clean(record, settings)
    except RecordError as error:
        return [unreadable(record.origin, str(error))]
    except Exception as error:
        raise CleaningError(f"{record.origin}: cleaning failed, and this is a bug: {error!r}") from error
    return [document, *document.split_off]


def unreadable(origin: str, message: str) -> Document:
    """Return the document that stands for a record that could not be read."""
    return Document(repaired="", text="", origin=origin, dropped=Dropped(Reason.UNREADABLE, message))


def _as_lists(outcomes: Iterable[list[Document]], settings: Settings) -> pa.Array:
    groups = list(outcomes)
    offsets = [0, *accumulate(map(len, groups))]
    rows = to_rows([document for group in groups for document in group], settings.input.columns.carry)
    structs = rows.to_struct_array().combine_chunks()
    return pa.LargeListArray.from_arrays(pa.array(offsets, pa.int64()), structs).cast(_list_type(settings))


def _list_type(settings: Settings) -> pa.DataType:
    fields = [field.remove_metadata() for field in staged_schema(settings.input.columns.carry)]
    return pa.large_list(pa.struct(fields))
