"""What arrives at the centre about a kit's laptop: noted in the record of the mission, and nothing else."""

from srok.ground.journal import public as journal
from srok.identity.missions.kit_state import MACHINE_KIND
from srok.trust.parcels.terms import Arrived, Outcome

WORDS = frozenset({"disk", "swap", "unencrypted_accepted", "tpm"})


def machine(arrived: Arrived) -> Outcome:
    """Note on what kind of machine the kit captures: its disk, its swap, a TPM or none. Only known words are kept."""
    told = {name: value for name, value in arrived.body.items() if name in WORDS and isinstance(value, str | bool)}
    journal.record(arrived.ctx, MACHINE_KIND, arrived.kit, told)
    return Outcome.opened(arrived.kit)
