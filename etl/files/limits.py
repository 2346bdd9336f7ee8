"""How much of anything a file from outside may hold. Whatever is over a limit is refused by name, before
parsing.
"""

from __future__ import annotations

from typing import Final

MAX_FILE_BYTES: Final = 50_000_000
MAX_INFLATED_BYTES: Final = 100_000_000
MAX_RATIO: Final = 100
RATIO_COUNTS_FROM_BYTES: Final = 1_000_000
MAX_ZIP_ENTRIES: Final = 200
MAX_ROWS: Final = 1_000_000
MAX_COLUMNS: Final = 1_000
# from the first cell to the last, empty ones too: a workbook with one far cell costs as much as a full one
MAX_CELLS: Final = 5_000_000
MAX_CELL_CHARACTERS: Final = 32_767

CHILD_MEMORY_BYTES: Final = 768 * 2**20
CHILD_CPU_SECONDS: Final = 20
CHILD_WALL_SECONDS: Final = 30
CHILD_ANSWER_BYTES: Final = 2 * MAX_INFLATED_BYTES
CHILD_OPEN_FILES: Final = 16
CHILD_FILES_BEFORE_RENEWAL: Final = 500
