"""Write records of a topic, one JSON value a line, as a Parquet file with the contract's types.

    python deploy/examples/articles_to_parquet.py --schema article-event.1.arrow.json \\
        --to articles.parquet < articles.jsonl

Types that are inferred from the first records are wrong as soon as a list was empty in all of them.
Needs pyarrow. Properties that the schema does not have are left out.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

BATCH = 1_000

SCALARS = {
    "utf8": pa.string(),
    "int": pa.int64(),
    "floatingpoint": pa.float64(),
    "bool": pa.bool_(),
}


def schema_of(path: Path) -> pa.Schema:
    """The Arrow schema that a file of `service/contract/schema/documents` describes."""
    return pa.schema([field(each) for each in json.loads(path.read_text())["schema"]["fields"]])


def field(described: dict[str, Any]) -> pa.Field:
    """One column, with the columns inside it."""
    inside = [field(each) for each in described["children"]]
    name = described["type"]["name"]
    if name == "struct":
        kind: pa.DataType = pa.struct(inside)
    elif name == "list":
        kind = pa.list_(inside[0])
    else:
        kind = SCALARS[name]
    return pa.field(described["name"], kind, nullable=described["nullable"])


def write(lines: Iterable[bytes | str], schema: pa.Schema, to: Path) -> int:
    """Write the records; return how many there were."""
    written = 0
    with pq.ParquetWriter(to, schema) as writer:
        rows: list[Any] = []
        for line in lines:
            rows.append(json.loads(line))
            if len(rows) == BATCH:
                writer.write_table(pa.Table.from_pylist(rows, schema))
                written, rows = written + len(rows), []
        writer.write_table(pa.Table.from_pylist(rows, schema))
    return written + len(rows)


def main() -> None:
    """Read the command's arguments and run it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--schema", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    given = parser.parse_args()
    print(write(sys.stdin.buffer, schema_of(given.schema), given.to))


if __name__ == "__main__":
    main()
