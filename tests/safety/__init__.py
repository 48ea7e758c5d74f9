"""What must hold when things go wrong: two hands at one moment, and a machine that stops between two writes."""
