#!/usr/bin/env python3
"""Writes Services/Intake/Holidays/holidays_cn.csv: China's public holidays and make-up working days.

Source: the PyPI package chinesecalendar (https://github.com/LKI/chinese-calendar, MIT licence), which follows the
State Council's yearly notices on holidays. Run it again with a newer VERSION when the notice for the next year is out
(November or December):

    python3 Tools/Calendars/generate_holidays.py
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

VERSION = "1.11.0"
FIRST_YEAR = 2019
TARGET = Path(__file__).resolve().parents[2] / "Services/Intake/Holidays/holidays_cn.csv"

# Runs inside the environment that has the package.
LISTING = """
import chinese_calendar as cn
days = [(day, "holiday", name) for day, name in cn.holidays.items()]
days += [(day, "work", name) for day, name in cn.workdays.items()]
for day, kind, name in sorted(days):
    # On a weekend a holiday changes nothing, unless a calendar works on weekends: it stays in.
    if day.year >= int(FIRST):
        print(day.isoformat(), kind, cn.Holiday(name).chinese, sep=",")
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin/python"
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"chinesecalendar=={VERSION}"],
            check=True)
        listing = LISTING.replace("FIRST", repr(str(FIRST_YEAR)))
        rows = subprocess.run(
            [python, "-c", listing], check=True, capture_output=True, text=True, encoding="utf-8").stdout
    head = (
        f"# China's public holidays and make-up working days, from chinesecalendar {VERSION} (MIT licence).\n"
        "# Written by Tools/Calendars/generate_holidays.py; not to be edited.\n"
        "# day,kind,name\n")
    TARGET.write_text(head + rows, encoding="utf-8")
    print(f"{TARGET}: {len(rows.splitlines())} days, the last {rows.splitlines()[-1]}", file=sys.stderr)


if __name__ == "__main__":
    main()
