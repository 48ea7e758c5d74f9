"""The public log: anyone can prove what was done, nobody can learn about anyone (កំណត់ហេតុសាធារណៈ).

Owns: the two logs `register` and `election`, their sequence, tiles, signed checkpoints and published folder.
Promises: a leaf is sequenced exactly once, in one order, by one writer; what is published was durable before;
two inconsistent checkpoints are never signed, not even after an older backup was restored; people enter in
shuffled batches with a date only. Refuses: an entry that is not canonical or holds a word of its own, a smaller
or another tree, a second publisher. Formats: C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-cosignature over
an RFC 6962 SHA-256 tree. Design: transparency.md.
"""
