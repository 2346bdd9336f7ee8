"""PDF/UA-1 as a machine can check it: every rule of the ISO 14289-1 profile that the checker holds (104;
veraPDF's has 106).
"""

from __future__ import annotations

import page

LEAST_RULES = 104


def faults_of_pdf(data: bytes) -> list[tuple[str, str]]:
    """Rule and message of every fault; none where the file passes. Fails where the checker held fewer
    rules than it is trusted for.
    """
    report = page.validate_pdf_bytes(
        data, profile=page.ValidationProfile.PDF_UA_1
    )
    assert report.rules.total >= LEAST_RULES
    assert report.is_compliant == (not report.failures)
    return [(fault.rule_id, fault.message) for fault in report.failures]
