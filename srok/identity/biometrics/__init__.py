"""Biometrics: portraits under opaque keys; later fingerprints and comparison.

Owns: the portrait of an applicant (រូបថត), sealed at rest under a random key, its quality in codes, and the small
grey thumbnail that fits a card's QR.
Promises: a portrait is only ever found by its key, and the key stands beside no name here; what a camera wrote into
the file (place, time, serial number) is stripped before anything is kept; a bad photo is told in words, at once.
Refuses: files that are not JPEG or PNG, that are cut off, or that would unpack into more than the stated bounds.
What was not checked is said (`biometrics.no_face_engine`): size, sharpness and exposure say nothing about a face.
Technical source: design/cards.md sections 1 (photo) and 2 (60 x 75 grey WebP of at most 500 bytes).
"""
