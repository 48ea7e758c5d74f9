"""Matching: who on the list could this be? Candidates with scores and reasons, in two scripts.

Owns: an index of the register's names, dates and places under match keys, and the report of every search.
Promises: a report says what was searched, how many were on the list, with which weights, and why each candidate
stands where it stands; what is shown later is what was stored then, never computed again.
Refuses: to decide. A candidate is a proposal to an officer; "not found" does not mean "not on the list", and a
brother or sister with the same parents is never called likely.
Method: Fellegi and Sunter's weights, log2(m/u) with u counted on the list itself (design/matching.md section 3).
"""
