"""What lies beside a kit's data: START.txt in Khmer and English, and the script that starts it."""

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from srok.ground.faces.dates_in_words import date_in_words, digits


@dataclass(frozen=True, slots=True)
class Sheet:
    """What START.txt names: the kit, its post, first and last day, the officers (names in Khmer and Latin)."""

    kit: str
    post_km: str
    post_en: str
    from_: date
    until: date
    officers: Sequence[tuple[str, str, str]]
    freeze_days: int


START: Final = """\
{line}
កុំព្យូទ័របេសកកម្ម  {kit}
{post_km}
ចាប់ពី{from_km} ដល់{until_km}
{line}

១. ពិនិត្យថាឌីសត្រូវបានអ៊ិនគ្រីប (docs/operators/kit.md) ហើយនាឡិកាម៉ាស៊ីនត្រឹមត្រូវ។
២. បើកដំណើរការ៖ បញ្ជា  ./start  ក្នុងថតនេះ។
៣. បើកកម្មវិធីរុករក៖  http://127.0.0.1:8000
៤. ចូលប្រើដោយឈ្មោះ និងឃ្លាសម្ងាត់ដែលបានប្រគល់ជូនលោកអ្នកតែម្ដងគត់ ពេលរៀបចំ។
៥. ទំព័រដំបូងប្រាប់ពីអ្វីដែលត្រូវធ្វើ និងអ្វីដែលនឹងបែកធ្លាយ ប្រសិនបើបាត់ម៉ាស៊ីននេះ។
៦. រៀងរាល់ល្ងាច៖ ផ្ញើ ឬថតចម្លងកញ្ចប់បិទត្រាទៅមជ្ឈមណ្ឌល។ បន្ទាប់ពី {freeze_km} ថ្ងៃដោយគ្មានទំនាក់ទំនង
   ម៉ាស៊ីននេះលែងទទួលពាក្យសុំថ្មី ប៉ុន្តែអ្វីដែលបានទទួលរួច អាចផ្ញើចេញបានជានិច្ច។
៧. បាត់ម៉ាស៊ីន៖ ទូរស័ព្ទទៅមជ្ឈមណ្ឌលភ្លាម ហើយប្រាប់ឈ្មោះ {kit}។

មន្ត្រី៖
{officers_km}

{line}
MISSION KIT  {kit}
{post_en}
from {from_en} to {until_en}
{line}

1. See that the disk is encrypted (docs/operators/kit.md) and the machine's clock is right.
2. Start it: run  ./start  in this folder.
3. Open a browser:  http://127.0.0.1:8000
4. Sign in with the name and the passphrase you were given once, at preparation.
5. The first page says what to do next, and what would be exposed if this laptop were lost.
6. Every evening: send the sealed parcels to the centre, or copy them to a stick. After {freeze_en} days without
   contact this kit takes no new applications; what it holds can always be sent.
7. Laptop lost: telephone the centre at once and say the name {kit}.

Officers:
{officers_en}
"""

SCRIPT: Final = """\
#!/bin/sh
# Starts the mission kit {kit} on this laptop alone (127.0.0.1).
set -eu
umask 077
SROK_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
export SROK_HOME
cd -- "$SROK_HOME"
{clock}if [ -n "${{SROK_PROGRAM:-}}" ]; then exec "$SROK_PROGRAM" serve "$@"; fi
if [ -x {python} ]; then exec {python} -P -m srok serve "$@"; fi
if command -v srok >/dev/null 2>&1; then exec srok serve "$@"; fi
echo 'រកមិនឃើញកម្មវិធី Srok ទេ។ សូមដំឡើងវា ឬបញ្ជាក់ទីតាំងក្នុង SROK_PROGRAM។' >&2
echo 'Srok is not installed here. Install it, or name it in SROK_PROGRAM.' >&2
exit 3
"""


def start_text(sheet: Sheet) -> str:
    """START.txt: what to do first, in both languages. It names officers and days, and no applicant."""
    return START.format(
        line="─" * 72, kit=sheet.kit, post_km=sheet.post_km, post_en=sheet.post_en,
        from_km=date_in_words(sheet.from_, "km"), until_km=date_in_words(sheet.until, "km"),
        from_en=date_in_words(sheet.from_, "en"), until_en=date_in_words(sheet.until, "en"),
        freeze_km=digits(str(sheet.freeze_days), "km"), freeze_en=sheet.freeze_days,
        officers_km="\n".join(f"   {km}  ({username})" for username, km, _latin in sheet.officers),
        officers_en="\n".join(f"   {latin}  ({username})" for username, _km, latin in sheet.officers),
    )  # fmt: skip


def start_script(kit: str, stated_clock: str | None) -> str:
    """The script `start`. Only a demonstration's kit lives on a stated clock."""
    clock = f': "${{SROK_CLOCK_STARTS_AT:={stated_clock}}}"; export SROK_CLOCK_STARTS_AT\n' if stated_clock else ""
    return SCRIPT.format(kit=kit, clock=clock, python=shlex.quote(sys.executable))
