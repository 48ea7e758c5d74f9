"""The cases' sentences: reasons of law, what is missing and where it is had, refusals of acts."""

from django.utils.translation import gettext_lazy as _

from srok.identity.cases.wording_capture import CAPTURE
from srok.identity.cases.wording_intake import INTAKE
from srok.identity.cases.wording_labels import LABELS

SENTENCES = {
    "cases.under_age": _("You had not reached the age for an identity card on the day you applied."),
    "cases.monk": _(
        "No card is issued to a Buddhist monk while he is ordained. You may apply on the day after leaving "
        "the monkhood."
    ),
    "cases.serving_sentence": _("No card is issued to a person while serving a court sentence."),
    "cases.reeducation": _("No card is issued to a person while in a re-education centre."),
    "cases.mental_health": _(
        "The sub-decree names this condition. It is never decided by a rule: two officers look at the case themselves."
    ),
    "cases.no_khmer_parent": _("Neither parent is shown to have been Khmer when you were born."),
    "cases.soil_not_met": _(
        "Birth in Cambodia counts only where both foreign parents were born and lived there lawfully. This is"
        " not shown."
    ),
    "cases.card_in_force": _("You hold a card that is still in force and not yet in its renewal window."),
    "cases.deceased": _("The resident list records the death of the person you say you are."),
    "cases.naturalised_central": _(
        "The claim rests on a royal decree: only the central unit of the General Department of Identification"
        " may process it."
    ),
    "cases.no_primary_evidence": _(
        "Proof of nationality is not complete yet. What is missing, and where it is to be had, is listed."
    ),
    "cases.age_unproven": _("The known part of the birth date leaves open whether you had reached the age for a card."),
    "cases.no_address": _("A card needs an address of record. None could be chosen under the rules of that day."),
    "cases.need_identity_paper": _(
        "Bring a paper that bears your name, so that you can be tied to your entry on the list."
    ),
    "cases.where_identity_paper": _(
        "Passport, naturalisation certificate, school or camp papers: any paper with your name will do, also a copy."
    ),
    "cases.need_filiation": _(
        "Bring a paper that names your parents, brothers or sisters, or two witnesses who are not close relatives."
    ),
    "cases.where_filiation": _(
        "Birth record of the place of birth, baptism or school record, refugee agency's archive, family book "
        "in Cambodia."
    ),
    "cases.need_primary_paper": _(
        "Bring a Cambodian birth certificate, a judgment on your birth or a family book that names you."
    ),
    "cases.where_primary_paper": _(
        "The commune of birth issues copies, and registers a birth late with witnesses; a relative may ask "
        "there for you."
    ),
    "cases.need_listed_kin": _(
        "Or name a parent, brother or sister who is on the resident list: their entry proves yours."
    ),
    "cases.where_listed_kin": _(
        "Tell the counter their names and, if you know them, birth years. Nobody is contacted without your leave."
    ),
    "cases.need_judgment": _(
        "Bring a court judgment or the registered birth that shows the conditions of article 9 (2)."
    ),
    "cases.where_judgment": _("The court of first instance of the province of birth."),
    "cases.need_decree": _("Bring the royal decree, or its number and date."),
    "cases.where_decree": _("The royal gazette, or the Ministry of Interior's General Department of Identification."),
    "cases.need_birth_date": _("Bring a paper that shows the month and day of your birth."),
    "cases.where_birth_date": _("Birth record, school record, vaccination card or the family book."),
    "cases.need_address": _(
        "Choose an address of record: a relative's, the last residence, the birthplace, or the post that serves you."
    ),
    "cases.where_address": _("At the counter of the post."),
    "cases.need_death_undone": _("The list records a death that must be corrected first."),
    "cases.where_death_undone": _(
        "The commune that registered the death corrects it when the person appears; the post forwards the request."
    ),
    "cases.status_needs_person": _("A rights-sensitive clause may apply: look at the person, not at the word."),
    "cases.listed_not_citizen": _("The person on the list is recorded as not Khmer."),
    "cases.listed_as_deceased": _("The person on the list is recorded as dead."),
    "cases.not_found_is_not_unlisted": _(
        "The applicant says they are on the list. Not found does not mean not listed: try other spellings."
    ),
    "cases.address_is_the_post": _(
        "The chosen address could not be used, so the post that serves the person stands as address of record."
    ),
    "cases.birth_same": _("The birth dates agree."),
    "cases.birth_compatible": _(
        "The birth dates differ but fit together: one is a convenient or partly known day. The other date is kept."
    ),
    "cases.birth_different": _("The birth dates differ. Ask the applicant before you settle."),
    "cases.name_differs": _("The names differ in both scripts."),
    "cases.sex_differs": _("The sex on the list differs."),
    "cases.mother_differs": _("The mother's name on the list differs."),
    "cases.father_differs": _("The father's name on the list differs."),
    "cases.birthplace_differs": _("The birthplace on the list lies in another province."),
    "cases.unknown_case": _("Your office holds no application {reference}. Check the reference."),
    "cases.not_in_this_state": _(
        "“{act}” is not possible now: the application is at “{state}”. Open it again to see what comes next."
    ),
    "cases.not_your_desk": _("“{act}” belongs to another desk than {office}. The page of the case says whose."),
    "cases.same_hands": _("You have acted in this case already, so another officer must “{act}”."),
    "cases.same_hands_on_appeal": _("You judged this case before the appeal, so another officer must “{act}”."),
    "cases.ministries_disagree": _(
        "Foreign Affairs has not favoured this application, and Interior approves nothing alone. Return it "
        "with your reasons."
    ),
    "cases.decision_was_other": _("The decision is another one than you are confirming. Open the case again."),
    "cases.no_outcome": _("Choose whether to approve or to refuse."),
    "cases.not_searched": _("The resident list has not been searched for this person yet. Search first."),
    "cases.open_candidates": _("Candidates still open: {count}. Say of each who it is, then examine."),
    "cases.cannot_be_settled_so": _("A candidate searched as “{role}” cannot be settled so."),
    "cases.second_self": _(
        "Another candidate was already settled as the applicant. One applicant is one person of the list."
    ),
    "cases.unknown_candidate": _("This candidate is no longer proposed. Open the case again."),
    "cases.no_reason": _("Give at least one reason."),
    "cases.reason_without_source": _(
        "“{reason}” has no source in law that lets it refuse. Choose a reason of the list."
    ),
    "cases.reason_not_in_facts": _("“{reason}” does not follow from the facts of this case."),
    "cases.reason_stands": _("A reason against it stands: {reason}"),
    "cases.not_sufficient": _("Nationality is not proven yet: {missing}"),
    "cases.not_a_central_case": _("Only claims that rest on a royal decree go to the central unit."),
    "cases.central_answer_missing": _("Give the number of the central unit's answer."),
    "cases.nothing_missing": _("Choose what to ask for."),
    "cases.not_missing": _(
        "“{missing}” is not missing under the rules. Nobody is asked for more than the law asks for."
    ),
    "cases.no_papers_given": _("Add at least one paper."),
    "cases.appeal_late": _("The time to object ended on {last}. A new application is possible at any time."),
    "cases.unknown_paper_image": _("There is no such image in this case."),
    "cases.unknown_letter": _("There is no such letter in this case."),
    "cases.unknown_officer": _("Name the officer who acts: --as USER."),
    "cases.reference_taken": _(
        "This reference belongs to another application. Take a new receipt, or check the reference."
    ),
    "cases.same_person_twice": _(
        "An application of the same person is open already: same names, birth date and parents."
    ),
    "cases.applicant_did_not_ask": _(
        "Only the applicant withdraws an application. Tick that they asked for it in person or in writing."
    ),
    "cases.lodged_in_future": _("The day of application lies in the future."),
    "cases.before_service": _("The day of application lies before this service began."),
    "cases.khmer_unprintable": _("This Khmer text would print wrong ({problem}). Type it again."),
    "cases.settled_by_papers": _("The papers show it"),
    "cases.settled_by_birth": _("Name and birth date agree"),
    "cases.settled_by_parents": _("The parents agree"),
    "cases.settled_by_interview": _("The interview showed it"),
    "cases.settled_by_conflict": _("The facts speak against it"),
    "cases.evidence_doubted": _("A paper is doubted"),
    "cases.candidate_doubted": _("A settled candidate is doubted"),
    "cases.reason_unfounded": _("The reason does not hold"),
    "cases.opinion_unclear": _("The opinion is not clear"),
    "cases.list_changed": _("The resident list has changed since the examination"),
    "cases.new_candidates": _(
        "The list has changed since the examination: it now holds people whom nobody has settled ({count})."
        " Send the case back."
    ),
    "cases.similar_open_case": _(
        "Another open application may be of the same person: the name sounds alike and the birth date fits. "
        "Compare the two first."
    ),
    **CAPTURE,
    **INTAKE,
    **LABELS,
}
