"""Pure values that everything else stands on: context, refusal, ids, names, dates, text, MRZ, bytes, seals.

Owns: the shape of a value and the arithmetic on it, nothing that is stored or looked up.
Promises: no framework, clock, network, setting or file; the only outside thing is entropy, and only through
`secrets`. Importing any module here is cheap: PyICU, cryptography and rfc8785 load inside the functions that
need them, so that pure command-line verbs start quickly.
Refuses: with `Refusal(code, ...)`; every code is listed in `refusal.CODES`.
Law and standards: ICAO Doc 9303 parts 3 and 5 (MRZ), RFC 9562 (UUIDv7), ISO/IEC 7064 (check characters),
RFC 8785 (canonical JSON), Unicode UTN 61 (Khmer syllable order).
"""
