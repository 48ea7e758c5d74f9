"""The register: who is on the resident list (បញ្ជីអ្នករស់នៅ): persons and their versions, families, residence.

Owns: persons under a random `SubjectId`, every version of what is known of them, other names with their source,
the handle by which the election rooms know a person, and the imports of resident lists.
Promises: a change is a new version and never an overwrite; an import is swapped in whole or not at all, says what
it rejected row by row, and changes nothing when it comes again; names are kept in both scripts, in canonical order,
with the original letters beside them where those differed.
Refuses: an import that would change more than 0.5 % of those on the list (R8), unless somebody says so expressly;
to remove anyone because a file does not name them (absence is no ground, law.md VL-MIGRANT); to know cards,
papers or portraits: cards in an imported file go straight into the answer book below.
Law: Law on Civil Registration, Vital Statistics and Identification (2023); Sub-decree 103 (2000).
"""
