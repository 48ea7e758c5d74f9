"""Srok (ស្រុក): from no papers to a Khmer identity card, and from the card to a place on a commune's voter list."""
