"""Run by the oracles' Python: which of the MRZs on standard input (a JSON list of three lines each) `mrz` accepts."""

import json
import sys

from mrz.checker.td1 import TD1CodeChecker


def main() -> None:
    """Print a JSON list: for each MRZ whether it is accepted, and the names as read."""
    answers = []
    for lines in json.load(sys.stdin):
        checked = TD1CodeChecker("\n".join(lines))
        fields = checked.fields()
        answers.append({"accepted": bool(checked), "surname": fields.surname, "name": fields.name})
    json.dump(answers, sys.stdout)


main()
