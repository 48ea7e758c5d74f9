"""The demo: the main job on the embedded database, end to end, on stated dates, by the same acts as the pages.

Nothing here has a rule of its own: it opens offices, appoints the cast, hands in what the examples say that
people did (`examples/washington/`), and lets the rooms decide. Officers' choices follow one written policy
(`policy.py`); what a room refuses stays refused, and the closing table shows it.
"""
