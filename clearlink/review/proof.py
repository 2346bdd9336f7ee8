"""Whether a store is the one that a bundle, or a line and seal printed in minutes, came from."""

from __future__ import annotations

from sqlalchemy import select

from clearlink.review.anchor import Head, fault_against
from clearlink.review.audit import seal
from clearlink.review.bundle import opened_bundle
from clearlink.review.rebuilt import rebuilt
from clearlink.review.store import Store
from clearlink.review.tables import audit_log


def against_seal(store: Store, printed: Head) -> str | None:
    """None where the store's log holds that line and goes on from it; else `older` or `other`."""
    with store.reading() as connection:
        return fault_against(connection, printed)


def against_bundle(store: Store, data: bytes) -> list[tuple[str, str]]:
    """Every difference between a bundle's log and the store's, as (kind, where); none where the bundle came
    from this store.

    Raises BundleDamaged where the bundle is not whole in itself.
    """
    rebuilt(data)
    rows = opened_bundle(data)
    lines = {line["seq"]: line for line in rows["audit_log"]}
    then = Head(
        int(rows["chain"]["head"]["seq"]),
        str(rows["chain"]["head"]["hash"]),
    )
    faults: list[tuple[str, str]] = []
    with store.reading() as connection:
        kept = {
            row["seq"]: dict(row)
            for row in connection.execute(
                select(audit_log).where(audit_log.c.seq.in_(list(lines)))
            ).mappings()
        }
        if kind := fault_against(connection, then):
            faults.append((f"record_{kind}", f"line {then.seq}"))
    for seq, line in sorted(lines.items()):
        if seq not in kept:
            faults.append(("line_missing", f"line {seq}"))
        elif (
            kept[seq]["hash"] != line["hash"]
            or seal(kept[seq]) != kept[seq]["hash"]
        ):
            faults.append(("line_differs", f"line {seq}"))
    return faults
