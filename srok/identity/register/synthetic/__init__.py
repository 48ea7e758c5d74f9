"""Synthetic people: families in villages, in both scripts, for the demo and the checks. Nobody of them lives.

Everything is drawn from a hash of the seed: the same seed, count and villages give the same file on every machine.
The numbers come from a reserved range and every row says `synthetic=yes`. The names are common Khmer, Sino-Khmer,
Khmer Krom, Cham and Vietnamese-looking ones with their usual Latin spellings, written down by hand: this
generator's romanisation shares nothing with the matcher's keys (design/matching.md, last paragraph).
"""
