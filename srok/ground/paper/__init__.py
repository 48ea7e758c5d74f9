"""Paper (ក្រដាស): everything Srok prints, and the promise that it prints Khmer right to the last subscript.

Owns: the two-sided card, letters, counter receipts, answers' slips; the approved fonts; QR drawing; the shaping
oracle. Promises: the same values give the same bytes; only the approved fonts are embedded; a text that would
print a dotted circle, a bare coeng or an empty box is refused, naming the character (law.md TX-DOTTED); a long
name shrinks, then wraps, and is never cut or laid over another. Refuses: to fetch, store or decide anything; it
has no tables and knows no case. Card fields after law.md 1.3, size and MRZ after ISO/IEC 7810 ID-1 and ICAO 9303.
"""
