"""Roll: the yearly voter list of a commune (បញ្ជីបោះឆ្នោត): who is entered, where, by whom, under which window.

Owns: voter rows, and the receipts for them.
Promises: one living row per person in the whole nation, held by a constraint; a row is entered only in person, at a
desk of its own commune, inside that year's announced window, for a holder of a card in force who is of age on the
list's reference day; a refusal says why and when it will be possible, and "not announced" is never replaced by a
guess; every entry stores its public leaf.
Refuses: registration by post, on line or through a consulate; any question from the identity wing about who is listed.
Law: LEMNA articles 46, 50 and 51 (law.md section 5 and rules VL-AGE, VL-CARD, VL-INPERSON, VL-WINDOW, VL-ONE).
"""
