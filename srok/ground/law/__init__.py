"""Law: every legal number and rule parameter of Srok as dated data with its source.

Owns: parameters, instruments, rules, reason codes, calendars of the voter list and public holidays, all as TOML
files in `data/`; and the arithmetic of the law (`rules`), which other rooms' rules may use beside `terms`.
Promises: a value is asked for on a date and comes with its source; outside its periods it is refused, never
extrapolated; an article nobody has checked is never printed; what no source gives is called "rule of the service".
Refuses: data with overlapping periods, a missing source or an unknown key, naming the file and the key.
"""
