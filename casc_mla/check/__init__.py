"""Schema and checklist rules become findings."""

from __future__ import annotations

from casc_mla.core.errors import UnreadableError
from casc_mla.core.finding import Finding, Severity, in_order
from casc_mla.load.request import Request, load


def check_request(request: Request) -> list[Finding]:
    """Return everything that schema and checklists find, in reading order."""
    from casc_mla.check.checklist import check_rules
    from casc_mla.check.schema import check_schema

    findings = check_schema(request)
    if request.kind:
        wrong = {f.path for f in findings if f.severity is Severity.ERROR}
        # Where the format is wrong, a rule about the same field would say it twice.
        findings += [
            f for f in check_rules(request) if not any(f.path[:end] in wrong for end in range(1, len(f.path) + 1))
        ]
    return in_order(findings)


def check_file(name: str) -> tuple[Request | None, list[Finding]]:
    """Return the request in a file and its findings; an unreadable file gives no request and says why."""
    try:
        request = load(name)
    except UnreadableError as error:
        return None, error.findings
    return request, check_request(request)
