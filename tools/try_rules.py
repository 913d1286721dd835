"""Run the examples of the rules in the named checklists: ``python tools/try_rules.py checklists/general.yaml``."""

from __future__ import annotations

import sys
from pathlib import Path

from casc_mla.check.examples import wrong_examples
from casc_mla.check.rules import rules_in


def main() -> int:
    """Print what is wrong and return 1 if anything is."""
    wrong = 0
    for name in sys.argv[1:]:
        rules = rules_in(Path(name).resolve())
        for rule in rules:
            for line in wrong_examples(rule):
                sys.stdout.write(line + "\n")
                wrong += 1
        sys.stdout.write(f"{name}: {len(rules)} rules\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
