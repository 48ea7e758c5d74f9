"""Tools of the house: the checks, the locks, a throw-away PostgreSQL. Not part of the program."""
