"""`clearlink bench` starts this in a process of its own: `python -m tests.bench [--json] [--mirror DIR]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from clearlink.warehouse.scope import everything, reading_as
from tests import bench

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="clearlink bench")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--mirror", metavar="DIR", type=Path)
    given = parser.parse_args()
    with reading_as(everything()):
        sys.exit(bench.run(as_json=given.json, mirror=given.mirror))
