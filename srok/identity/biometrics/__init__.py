"""Biometrics: portraits and fingerprints under opaque keys, their quality in words, comparison, search. No names.

Owns: the portrait of an applicant (រូបថត), sealed at rest under a random key, and the small grey thumbnail that fits a
card's QR; the numbers an engine makes of a face; fingerprint templates with their exceptions; the messages to the
system that searches faces.
Promises: anything is only ever found by its key, and the key stands beside no name here; what a camera wrote into the
file (place, time, serial number) is stripped before anything is kept; a bad photo or print is told in words, at once,
with what to do; a hit of the search is a candidate for a person to look at; a message to a dead system waits and is
never lost; what is erased is erased, with proof. No accuracy of any engine is claimed (docs/biometrics.md).
Refuses: files that are not JPEG or PNG, that are cut off, or that would unpack into more than the stated bounds; a
gallery in a mission's kit.
What was not checked is said (`biometrics.no_face_engine`): size, sharpness and exposure say nothing about a face.
Law: no source asks for a face search or for fingers of the old; the age of the waiver is a rule of the service
(`fingers.waiver_age`). Technical source: design/cards.md sections 1, 2 and 6; ISO/IEC 19794-2 and 19794-5; NFIQ 2.
"""
