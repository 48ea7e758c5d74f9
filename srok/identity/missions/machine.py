"""What can be known about the laptop itself: is its disk encrypted, is there room, can others read its secrets.

Read from Linux (`/proc/self/mountinfo`, `/proc/swaps`, `/sys/dev/block`); nothing is changed and no program started.
What is not recognised (encryption inside the drive, ZFS, another system) counts as not
encrypted: docs/operators/kit.md.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from srok.identity.missions.readiness import Machine

PROC, SYS = Path("/proc"), Path("/sys")
CRYPT = "CRYPT-"
# How deep encrypted volumes, volume groups and RAID may stand on each other.
DEEPEST = 8
OPEN_TO_OTHERS = 0o077


def look(home: Path, *, proc: Path = PROC, sys: Path = SYS) -> Machine:
    """Look at the machine on which the kit's folder `home` lies."""
    return Machine(
        disk_encrypted=encrypted(home, proc=proc, sys=sys),
        swap_encrypted=all(encrypted_swap(name, proc=proc, sys=sys) for name in _swaps(proc)),
        free_bytes=shutil.disk_usage(home).free,
        open_secrets=tuple(sorted(path.name for path in secrets_of(home) if path.stat().st_mode & OPEN_TO_OTHERS)),
        tpm=(sys / "class" / "tpm" / "tpm0").exists(),
    )


def secrets_of(home: Path) -> list[Path]:
    """What nobody but its owner may open: the kit's folder, in it the secrets and the key."""
    folder = home / "secrets"
    inside = [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    return [path for path in (*inside, home / "kit" / "key.pem", folder, home) if path.exists()]


def encrypted(place: Path, *, proc: Path = PROC, sys: Path = SYS) -> bool:
    """Say whether the volume on which `place` lies is a dm-crypt one (LUKS or plain), or stands wholly on such."""
    number = _device_of(place, proc)
    return number is not None and _is_crypt(sys / "dev" / "block" / number)


def encrypted_swap(name: str, *, proc: Path = PROC, sys: Path = SYS) -> bool:
    """Say whether this swap (a device, or a file on a volume) is encrypted, or lies in memory (zram)."""
    path = Path(name)
    if path.name.startswith("zram"):
        return True
    if not path.is_block_device():
        return encrypted(path, proc=proc, sys=sys)
    device = path.stat().st_rdev
    return _is_crypt(sys / "dev" / "block" / f"{os.major(device)}:{os.minor(device)}")


def _device_of(place: Path, proc: Path) -> str | None:
    """The number `major:minor` of the volume with the mount point nearest above `place`; the last mounted wins."""
    wanted = place.resolve()
    above = [(len(point), number, source) for number, point, source in _mounts(proc) if wanted.is_relative_to(point)]
    nearest = max((length for length, _number, _source in above), default=0)
    last = next(((number, source) for length, number, source in reversed(above) if length == nearest), None)
    return _number_behind(*last) if last else None


def _mounts(proc: Path) -> Iterator[tuple[str, str, str]]:
    """Number, mount point and source of each mount (proc(5): fields 3, 5, and the second after the hyphen)."""
    try:
        lines = (proc / "self" / "mountinfo").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        before, _, after = line.partition(" - ")
        fields, rest = before.split(" "), after.split(" ")
        if len(fields) > 4 and len(rest) > 1:
            yield fields[2], _plain(fields[4]), _plain(rest[1])


def _number_behind(number: str, source: str) -> str:
    """Btrfs and its like have a number of their own (major 0): the device they name stands behind it."""
    path = Path(source)
    if not number.startswith("0:") or not path.is_block_device():
        return number
    device = path.stat().st_rdev
    return f"{os.major(device)}:{os.minor(device)}"


def _plain(text: str) -> str:
    """A path without the octal escapes of space, tab, newline and backslash (proc(5))."""
    for escaped, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(escaped, letter)
    return text


def _is_crypt(device: Path, depth: int = 0) -> bool:
    """A dm-crypt device, or one of which every device below is (a volume group, RAID)."""
    try:
        if (device / "dm" / "uuid").read_text("ascii").startswith(CRYPT):
            return True
    except (OSError, UnicodeDecodeError):
        pass
    below = device / "slaves"
    found = sorted(below.iterdir()) if below.is_dir() and depth < DEEPEST else []
    return bool(found) and all(_is_crypt(one, depth + 1) for one in found)


def _swaps(proc: Path) -> list[str]:
    """The swaps in use (proc(5)): what was in memory is written there."""
    try:
        lines = (proc / "swaps").read_text("utf-8").splitlines()[1:]
    except OSError:
        return []
    return [_plain(line.split()[0]) for line in lines if line.strip()]
