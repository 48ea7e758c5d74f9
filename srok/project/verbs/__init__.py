"""The program's own verbs: those that no single room owns."""
