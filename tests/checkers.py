"""Two outside checkers of PDF/UA-1 and PDF/A-3: what they find wrong in a file."""

import subprocess
import sys
import tempfile
from pathlib import Path

import page as checker

# The length of a stream that ends in a carriage return is misread; test_report counts lengths itself.
_MISREAD = "PDFA3A-STREAM-LENGTH-001"
_PROFILES = (checker.ValidationProfile.PDF_UA_1, checker.ValidationProfile.PDF_A_3A)


def complaints(content: bytes) -> list[str]:
    """Return what page-validation and outloud call wrong in a PDF; nothing if it is accessible and archival."""
    found = [f for profile in _PROFILES for f in checker.validate_pdf_bytes(content, profile=profile).failures]
    said = [f"{f.rule_id} {f.message}" for f in found if f.rule_id != _MISREAD]
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        # It takes the header row and the row headers of a table of one row for wrapped lines of one header.
        command = [Path(sys.executable).with_name("outloud"), "--no-info", "--skip", "TBL-010", file.name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return said if done.returncode == 0 else [*said, done.stdout]
