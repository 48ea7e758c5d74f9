"""Notices (ការជូនដំណឹង): what the offices tell a person, in their language, and the proof that it reached them.

Owns: contact details, sealed at rest under an opaque subject (the case's id, never a name); every notice as codes,
dates and references; the outbox. Promises: a refusal names each reason with its source in law, says how to object
and until when, in Khmer and English; the time to object starts with proof of notice and not before (law.md
section 11); a message is written out at least once and, delivered again, changes nothing; `erase` leaves no
address behind, neither in the tables nor in the outbox folder. E-mail and SMS name no person and no reason: they
say that news is waiting, for a phone may be in other hands. Refuses: names in its tables, a refusal without a
source, a second proof of notice, and any list of people by country or address: there is no such question here.

Transport: `deliver` drops one file a message into `settings.SROK_OUTBOX` (`email/*.eml`, `sms/*.json`,
`letter/*.pdf`). That folder is the seam: a mail server, an SMS gateway or the mail room takes the files from there.
"""
