"""Parcels: sealed, numbered, signed events from and to machines that work without a network (កញ្ចប់ព្រឹត្តិការណ៍).

Owns: a kit's identity, warrant, seal numbers and revocation; its outgoing events; what has arrived at the centre.
Promises: an event is numbered, chained, signed by its kit and sealed to the centre in the transaction of the act; the
kit cannot read what it sealed; the centre keeps what it took before it opens it, opens each event once, in one
transaction with the act, in whatever order and however often it comes; what it cannot open is kept apart with a code
and never deleted; the kit lets go of a sealed event only after the centre's signed receipt for exactly these bytes.
Refuses: capture outside the warrant, with a clock behind its own events, or too long without contact; never export.
Knows no room above it: they plug in by a drawer `parcels.py`. Formats: docs/formats/parcel.md.
"""
