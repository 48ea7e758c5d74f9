"""Cases: applications for a Khmer nationality identity card from abroad, their papers, evidence and decision.

Owns: applications (ពាក្យសុំ), what the person says, scanned papers, settled candidates, the steps of two
ministries, decisions with their reasons, appeals, and the folder a consulate sends.
Promises: nobody alone and no ministry alone brings a case to `approved`; every refusal names its reason and the
reason's source in law; lack of papers is answered with what is missing and where to get it, never with a refusal;
nobody waits for lack of an address; what one officer takes a second one approves, enforced in data; opening a case
is a journal fact with a purpose.
Refuses: lists or searches over people by country, address or kin; contacting relatives without leave; deciding while
a candidate from the resident list is still open.
Law: sub-decree 36 (1996) articles 2 to 4, sub-decree 60 (2007) articles 2 to 5, law on nationality (2018) article 9;
every number and article comes from `law`.

Drawers: `terms` (words, FLOW), `claims` (what the person says), `commands`, `rules` (flow, hands, decisions),
`evidence` and `assess` (the path to proof), `printing` (names, birth date, address), then the acts by desk:
`lodging`, `candidates`, `examination`, `decision`, `facing`, and the folder: `folder`, `rows`, `intake`.
The counter: `capture_*` (words, rules, tables, store, reads), `capturing` and `approving` (acts of two officers),
`counter` and `filled` (the form), `receipts`, `prefill*` and `own_page` (the applicant's page), `spelling`
(both scripts), `kit` (the seam to the parcels), `wiping`. What arrives beside a standing case: `arriving`, `branch_*`,
`branching`.
The folder's format stands in docs/formats/intake.md; its columns are `rows.COLUMNS`.
"""
