"""The door of the public log."""

from srok.trust.openlog.judging import Judged, judge
from srok.trust.openlog.policy import read_policy
from srok.trust.openlog.publishing import publish, publish_all, work
from srok.trust.openlog.reads import entry, entry_of_fact, head, held, indexes_of, log_named, verifier_keys
from srok.trust.openlog.restoring import adopt
from srok.trust.openlog.sequencing import append, sequence
from srok.trust.openlog.terms import Checked, Entry, Head, Log, Problem, Published, Sequenced
from srok.trust.openlog.verifying import verify_log

__all__ = [
    "Checked", "Entry", "Head", "Judged", "Log", "Problem", "Published", "Sequenced", "adopt", "append", "entry",
    "entry_of_fact", "head", "held", "indexes_of", "judge", "log_named", "publish", "publish_all", "read_policy",
    "sequence", "verifier_keys", "verify_log", "work",
]  # fmt: skip
