"""Cards: the life of a Khmer nationality identity card (អត្តសញ្ញាណប័ណ្ណសញ្ជាតិខ្មែរ), from the order to its end.

Owns: orders, numbers, printing plans, the two ministries' signatures on an order, the card's life line.
Promises: number, plan, status index and to-be-signed bytes are stored before anything is signed or printed;
no card is issued without one officer of Foreign Affairs and one of Interior, two people, neither of whom approved
the case; handing over makes the card active and ends every older card of the holder in the same transaction.
Refuses: a second card for one case, a hand-over at another post, and any order whose text cannot be printed right.
Law: sub-decree 36 (1996) article 2, sub-decree 60 (2007) article 4 (validity); the number is drawn in a block that
the law data reserve (law.md section 11).
"""
