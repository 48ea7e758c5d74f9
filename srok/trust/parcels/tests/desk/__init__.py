"""A small real room that takes events: it opens files and adds pages to them, and keeps what it did as facts."""
