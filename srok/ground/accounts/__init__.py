"""Accounts: officers, the offices of two ministries and of the election committee, roles, sign-in.

Owns: who acts, for which office, with which roles. An office has a post code where it is a post abroad, and a
time zone, because the civil date of an act is the date at its place.
Promises: every act has one named officer; nobody has a role outside their office's ministry.
Refuses: an officer of one ministry holding a role that belongs to the other.
"""
