"""A frame as a file and back: CSV for everybody, Excel, Parquet. What comes back equals what was written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casekit.errors import SettingError, SourceError
from casekit.language import say
from casekit.tables.frames import settled
from casekit.tables.saving import MissingTablesError, missing, save_bytes

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["ENDINGS", "csv_text", "read_table", "write_table"]


def write_table(frame: DataFrame, path: str | Path) -> Path:
    """Write a frame with its index; the file's ending says how: .csv, .xlsx or .parquet.

    Raises:
        SettingError: If the ending is another.
        MissingTablesError: If openpyxl or pyarrow is not installed.
        SourceError: If the file cannot be written.
    """
    path = Path(path)
    return save_bytes(path, _FORMS[_ending(path)][0](frame))


def read_table(path: str | Path) -> DataFrame:
    """The frame that `write_table` wrote: same columns, types and index.

    Raises:
        SettingError: If the ending is another.
        MissingTablesError: As above.
        SourceError: If the file cannot be read.
    """
    path = Path(path)
    read = _FORMS[_ending(path)][1]
    try:
        data = path.read_bytes()
        made = read(data)
    except MissingTablesError:
        raise
    except Exception as error:
        reason = error.strerror if isinstance(error, OSError) else f"{type(error).__name__}"
        raise SourceError(
            say(f"读不了表格 {path}：{reason or error}", f"cannot read the table {path}: {reason or error}")
        ) from error
    made = settled(made)
    return made.set_index("address") if "address" in made.columns else made


def _ending(path: Path) -> str:
    ending = path.suffix.lower()
    if ending not in _FORMS:
        raise SettingError(
            say(
                f"看不出 {path.name} 是哪种表格；请用 {' '.join(ENDINGS)} 结尾",
                f"cannot tell what kind of table {path.name} is; end it in {' '.join(ENDINGS)}",
            )
        )
    return ending


def _all(frame: DataFrame) -> DataFrame:
    """The frame with its named index as the first columns."""
    return frame.reset_index() if any(name is not None for name in frame.index.names) else frame


# ---- CSV ------------------------------------------------------------------------------------------------------------
def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A head and rows as CSV (RFC 4180); what is None is blank."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _to_csv(frame: DataFrame) -> bytes:
    text: str = _all(frame).to_csv(index=False, lineterminator="\r\n")
    return b"\xef\xbb\xbf" + text.encode("utf-8")  # Excel knows UTF-8 by this mark alone


def _of_csv(data: bytes) -> DataFrame:
    import pandas as pd

    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return pd.read_csv(text, dtype=dict.fromkeys(_TEXTS, "object"), keep_default_na=False, na_values=[""])


# ---- Excel ----------------------------------------------------------------------------------------------------------
def _to_xlsx(frame: DataFrame) -> bytes:
    from casekit.tables.workbooks import Sheet, workbook_bytes

    whole = _all(frame)
    rows = [[_plain(value) for value in row] for row in whole.itertuples(index=False, name=None)]
    return workbook_bytes([Sheet("casekit", list(map(str, whole.columns)), rows)])


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def _of_xlsx(data: bytes) -> DataFrame:
    import pandas as pd

    from casekit.tables.workbooks import read_rows

    columns, rows = read_rows(data)
    return pd.DataFrame(rows, columns=columns)


# ---- Parquet --------------------------------------------------------------------------------------------------------
def _to_parquet(frame: DataFrame) -> bytes:
    out = io.BytesIO()
    _arrow()
    _all(frame).to_parquet(out, engine="pyarrow", index=False)
    return out.getvalue()


def _of_parquet(data: bytes) -> DataFrame:
    import pandas as pd

    _arrow()
    return pd.read_parquet(io.BytesIO(data), engine="pyarrow")


def _arrow() -> None:
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise missing("Parquet", "pyarrow", "parquet") from error


_TEXTS: Final = (
    "address", "text", "subject", "metric", "unit", "qualifier", "period", "date_iso", "kind", "certainty", "standing", "measure",
    "modifier", "direction", "change", "change_unit", "subject_entity", "source", "name", "type", "entity", "relation", "object",
    "object_text", "polarity", "evidence", "subject_id", "object_id", "rule",
)  # fmt: skip
_FORMS: Final[Mapping[str, tuple[Callable[[Any], bytes], Callable[[bytes], Any]]]] = {
    ".csv": (_to_csv, _of_csv),
    ".xlsx": (_to_xlsx, _of_xlsx),
    ".parquet": (_to_parquet, _of_parquet),
}
ENDINGS: Final = tuple(_FORMS)
"""The kinds of files, by their endings."""
