"""The machine that a figure was measured on: without it a figure says nothing."""

from __future__ import annotations

import os
import platform
from pathlib import Path

CPU_FACTS = Path("/proc/cpuinfo")


def described() -> str:
    """Host, processor, cores, memory, system and Python: one line."""
    return (
        f"{platform.node()}: {_processor()}, {os.cpu_count()} cores, {_memory()}, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}"
    )


def load() -> str:
    """Load average of the last 1, 5 and 15 minutes; above the number of cores, others were at work too."""
    if not hasattr(os, "getloadavg"):
        return "load average not known on this system"
    return "load average " + ", ".join(
        f"{part:.2f}" for part in os.getloadavg()
    )


def _processor() -> str:
    if CPU_FACTS.is_file():
        for fact in CPU_FACTS.read_text(encoding="utf-8").splitlines():
            if fact.startswith("model name"):
                return fact.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"
    except (AttributeError, ValueError):
        return "memory not known"
