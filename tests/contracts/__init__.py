"""The stable commands, called as a script would call them: another process, text in, exit status and JSON out."""
