"""Web: the home page, what Srok is, the switch of language, the pages of errors; no business.

Owns: no table. Promises: these pages keep and show nothing about anyone; every legal number on them is read from
`law` on the day of the reader. Refuses: to send a reader to an address outside this site.
"""
