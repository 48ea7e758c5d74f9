"""The walls of the house that imports alone cannot show (design: the house, sections 2 and 4).

Every test reads the tree as it is: a room that appears is checked from its first file. What may differ is named in
`exceptions.py`, each with its reason; a listed exception that is no longer needed fails too.
"""
