"""Faces: the frame of pages, API and command line; no business of its own.

Owns: what every page and operation declares it needs, the context of a request, replay of commands, errors in
words, the clock, the base templates.
Promises: a page that declares nothing is refused; a command sent twice acts once; an error says what to do.
Refuses: a page without a declared need, a command of somebody who is not signed in, a sentence without its Khmer.
"""
