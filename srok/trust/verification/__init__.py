"""Verification: the answer book, and minimal answers to border, land registry and election committee (ការផ្ទៀងផ្ទាត់).

Owns: one row per subject and one per card, with what an answer needs and nothing more (no name, parent, address or
face); signed receipts of every answer. `register` and `cards` write the book downward, in their own transactions.
Promises: an answer names its party and one purpose of that party's closed list, says yes or no (or enter, refer)
with reasons in code, and leaves a signed receipt that the holder can see; the public check keeps nothing.
Refuses: a question without a purpose, or with another party's; a purpose for a foreign government or a police search
does not exist. Law: Constitution 44, Land Law 8 (LAND-OWN); LEMNA 46 (VL-CARD, VL-EXT, VL-AGE).
"""
