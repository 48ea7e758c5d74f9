"""The commune desk with real cards in hand. Here and not in the room: the roll may not open identity's doors."""
