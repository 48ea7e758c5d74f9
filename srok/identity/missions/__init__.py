"""Missions (បេសកកម្មកុងស៊ុល): the days of a post and of its mobile missions, appointments, the line, the kits.

Owns: planned days with their slots, tickets (appointments, waiting lists, people without one), the order of the line,
the numbers of a day; and getting a kit ready (kit identity, warrant and seals belong to `parcels`).
Promises: a slot is never oversold, held by a constraint; a family sits together or in neighbouring slots; nobody in
the line is ever overtaken by somebody with less right who came later (`line` states the rule), also when the day is
switched to walk-in order and back; whoever loses a time by a change of plan is shown before, keeps a place, and is told
where they left a way to be told; what was done in a kit is applied once, in whatever order it arrives.
Refuses: a name, an address or a list of people by country: a ticket is a random reference. What an officer may call
out is optional, sealed, shown to that post on that day only, and erased when the day is ended.
Law: consular practice (law.md 1.6); the capacity figures are the post's own.
"""
