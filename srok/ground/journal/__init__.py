"""The journal: append-only facts, written in the transaction of the act that made them.

Owns: facts, their one order, the cursors of reactions, and the public leaves waiting for the log.
Promises: a fact is never rewritten (triggers on both databases); a reader in order never skips a late commit;
a reaction sees every fact exactly once in effect; an act on a covered table cannot be recorded without its leaf.
Refuses: names, dates of birth, faces and documents: a fact holds references, codes and hashes, so that people can
be corrected or erased without touching history.
"""
