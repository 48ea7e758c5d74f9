"""Credentials: keys, signatures and the signed QR of a card (សោ និងហត្ថលេខាឌីជីថល).

Owns: the software keys of each holder, the trust anchors of the card signer, the Claim 169 codec, published
keys. Promises: a card is signed only over an order that one officer of Foreign Affairs and one of Interior
both signed with their own ministry's key; a key file is never overwritten; a read QR is exactly what was
signed. Refuses: one ministry alone, one person twice, an order whose card bytes changed, a QR with one byte
changed. Knows its subjects by card number and status index only; no table is kept here. Law: law.md ID-UNIQ,
ID-NUM. Formats: RFC 8392 (CWT), RFC 9052 (COSE_Sign1), RFC 9285 (base45), MOSIP Claim 169, Token Status List.
"""
