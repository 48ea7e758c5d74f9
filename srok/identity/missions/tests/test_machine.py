"""The laptop is looked at through /proc and /sys: small real folders that look like them."""

from pathlib import Path

import pytest

from srok.identity.missions.machine import encrypted, encrypted_swap, look, secrets_of
from srok.identity.missions.readiness import LEAST_FREE, Machine, faults, recorded


class Laptop:
    """A folder with the parts of /proc and /sys that are read."""

    def __init__(self, folder: Path) -> None:
        self.proc, self.sys = folder / "proc", folder / "sys"
        (self.proc / "self").mkdir(parents=True)
        (self.sys / "dev" / "block").mkdir(parents=True)
        self.lines: list[str] = []

    def mount(self, number: str, point: str, source: str = "none") -> None:
        """One more mount, the last one."""
        self.lines.append(f"{30 + len(self.lines)} 1 {number} / {point} rw,relatime shared:1 - ext4 {source} rw")
        (self.proc / "self" / "mountinfo").write_text("\n".join(self.lines) + "\n", "utf-8")

    def device(self, number: str, uuid: str = "", below: tuple[str, ...] = ()) -> None:
        """A block device: its device-mapper name, and the devices below it."""
        folder = self.sys / "dev" / "block" / number
        folder.mkdir()
        if uuid:
            (folder / "dm").mkdir()
            (folder / "dm" / "uuid").write_text(uuid, "ascii")
        if below:
            (folder / "slaves").mkdir()
            for one in below:
                (folder / "slaves" / one).symlink_to(self.sys / "dev" / "block" / one)

    def says(self, place: str | Path) -> bool:
        """Whether this place lies on an encrypted volume."""
        return encrypted(Path(place), proc=self.proc, sys=self.sys)


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path)


def test_a_luks_volume_is_encrypted_and_a_plain_partition_is_not(laptop: Laptop) -> None:
    laptop.mount("8:1", "/")
    laptop.mount("253:0", "/home")
    laptop.device("8:1")
    laptop.device("253:0", "CRYPT-LUKS2-0123456789abcdef-home")
    assert laptop.says("/home/x")
    assert not laptop.says("/srv/kit")


def test_the_last_mount_on_a_point_counts_and_a_point_is_no_mere_prefix(laptop: Laptop) -> None:
    laptop.mount("253:0", "/kit")
    laptop.mount("8:1", "/kit")
    laptop.mount("253:0", "/")
    laptop.device("253:0", "CRYPT-PLAIN-swap")
    laptop.device("8:1")
    assert not laptop.says("/kit/x")
    assert laptop.says("/kitchen")


def test_a_volume_group_is_encrypted_only_where_all_below_it_is(laptop: Laptop) -> None:
    laptop.mount("253:1", "/")
    laptop.device("253:0", "CRYPT-LUKS2-x")
    laptop.device("8:2")
    laptop.device("253:1", "LVM-abc", ("253:0",))
    laptop.device("253:2", "LVM-def", ("253:0", "8:2"))
    assert laptop.says("/kit")
    laptop.mount("253:2", "/mixed")
    assert not laptop.says("/mixed/kit")


def test_what_is_not_known_counts_as_open(laptop: Laptop) -> None:
    assert not laptop.says("/kit")
    laptop.mount("0:42", "/", "overlay")
    assert not laptop.says("/kit")


def test_a_mount_point_with_a_space_is_read(laptop: Laptop) -> None:
    laptop.mount("253:0", "/media/my\\040stick")
    laptop.device("253:0", "CRYPT-LUKS1-x")
    assert laptop.says("/media/my stick/kit")


def test_swap_in_memory_is_no_danger_and_a_swap_file_is_as_its_volume(laptop: Laptop, tmp_path: Path) -> None:
    laptop.mount("8:1", "/")
    laptop.device("8:1")
    assert encrypted_swap("/dev/zram0", proc=laptop.proc, sys=laptop.sys)
    assert not encrypted_swap(str(tmp_path / "swapfile"), proc=laptop.proc, sys=laptop.sys)
    (laptop.proc / "swaps").write_text(
        f"Filename\tType\tSize\tUsed\tPriority\n{tmp_path / 'swapfile'} file 10 0 -2\n", "utf-8"
    )
    assert not look(tmp_path, proc=laptop.proc, sys=laptop.sys).swap_encrypted


def test_secrets_that_others_can_read_are_named(tmp_path: Path) -> None:
    home = tmp_path / "kit-home"
    (home / "secrets").mkdir(parents=True, mode=0o700)
    (home / "kit").mkdir()
    for path in (home / "secrets" / "data", home / "kit" / "key.pem"):
        path.write_bytes(b"x" * 32)
        path.chmod(0o600)
    home.chmod(0o700)
    assert len(secrets_of(home)) == 4
    assert look(home).open_secrets == ()
    (home / "secrets" / "data").chmod(0o640)
    home.chmod(0o755)
    assert look(home).open_secrets == ("data", "kit-home")


GOOD = Machine(disk_encrypted=True, swap_encrypted=True, free_bytes=LEAST_FREE, open_secrets=(), tpm=False)


def test_a_good_machine_has_no_fault_and_the_record_says_that_no_tpm_was_there() -> None:
    assert faults(GOOD, accepted=False) == []
    assert recorded(GOOD, accepted=False) == {
        "disk": "encrypted", "swap": "encrypted", "unencrypted_accepted": False, "tpm": "none",
    }  # fmt: skip


@pytest.mark.parametrize("accepted", [False, True])
def test_an_open_disk_stops_capture_unless_somebody_answers_for_it(accepted: bool) -> None:
    machine = Machine(disk_encrypted=False, swap_encrypted=False, free_bytes=LEAST_FREE, open_secrets=(), tpm=True)
    found = faults(machine, accepted=accepted)
    told = ["missions.kit_unencrypted_accepted"] if accepted else ["missions.kit_unencrypted", "missions.kit_swap_open"]
    assert [check.code for check in found] == told
    assert all(check.blocks is not accepted for check in found)
    assert recorded(machine, accepted=accepted)["unencrypted_accepted"] is accepted


def test_what_stops_capture_is_said_first_and_no_acceptance_helps_a_full_disk() -> None:
    machine = Machine(disk_encrypted=False, swap_encrypted=True, free_bytes=1024, open_secrets=("data",), tpm=False)
    found = faults(machine, accepted=True)
    assert [check.code for check in found if check.blocks] == ["missions.kit_disk_low", "missions.kit_secrets_open"]
    assert found[-1].code == "missions.kit_unencrypted_accepted"
