"""The notices' sentences: subjects and bodies of letters, the right to object, short messages, refusals."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_DECISION = _("Decision on your application for a Khmer nationality identity card")
_APPOINTMENT = _("Your appointment with the consular officers")
_DECIDED = _("Srok: application {reference} has been decided. A letter is waiting for you at {post}.")

SENTENCES: dict[str, Promise] = {
    # letters, by kind
    "notices.subject_application_received": _("Receipt of your application for a Khmer nationality identity card"),
    "notices.subject_papers_needed": _("What is missing for your application for a Khmer nationality identity card"),
    "notices.subject_refused": _DECISION,
    "notices.subject_approved": _DECISION,
    "notices.subject_card_ready": _("Your Khmer nationality identity card is ready"),
    "notices.subject_card_ended": _("Your Khmer nationality identity card has ended"),
    "notices.subject_withdrawn": _("Your application for a Khmer nationality identity card has been withdrawn"),
    "notices.subject_set_aside": _("Your second application for a Khmer nationality identity card"),
    "notices.subject_appointment_moved": _APPOINTMENT,
    "notices.subject_appointment_closed": _APPOINTMENT,
    "notices.subject_appointment_given": _APPOINTMENT,
    "notices.body_application_received": _(
        "Your application with the reference {reference} was received on {made_on}."
        " We will write to you when it is decided, or when something is missing."
    ),
    "notices.body_papers_needed": _(
        "Your application with the reference {reference} cannot be decided yet. What is missing is listed below."
        " Nothing is refused: your application waits until you complete it."
    ),
    "notices.next_papers_needed": _(
        "Please bring it to {post}. If you cannot have such a paper, say so there:"
        " an officer will explain which other ways of proof the law allows."
    ),
    "notices.body_refused": _(
        "We regret to inform you that your application with the reference {reference} cannot be granted,"
        " for the reasons below. When these reasons no longer hold, you may apply again at any time."
    ),
    "notices.body_approved": _(
        "Your application with the reference {reference} has been granted. Your card is being made;"
        " we will write to you when you can collect it at {post}."
    ),
    "notices.body_card_ready": _(
        "The card for your application with the reference {reference} is ready at {post}."
        " It is handed only to you, in person. Please bring this letter or your receipt."
    ),
    "notices.body_card_ended": _(
        "The card made for your application with the reference {reference} was ended on {made_on}, for the reason"
        " below, and is no longer valid. If this is not right, object. Ask at {post} how to get a new card."
    ),
    "notices.body_withdrawn": _(
        "You withdrew your application with the reference {reference} on {made_on}. If you did not, tell us at {post}"
        " within {days} days. Nothing is held against you: you may apply again at any time."
    ),
    "notices.body_set_aside": _(
        "The application with the reference {reference} does not go on, for the reason below. It is kept, and your"
        " other application is not touched by this. If this is not right, tell us at {post} at any time."
    ),
    "notices.body_appointment_moved": _(
        "The time of your ticket {reference} has changed: please come to {post} on {day} at {time}. Your place is kept."
    ),
    "notices.body_appointment_closed": _(
        "The day of your ticket {reference}, {day}, had to be closed. Your right to an appointment at {post} is kept:"
        " with the same reference you can choose another day."
    ),
    "notices.body_appointment_given": _(
        "A place came free for your ticket {reference}: please come to {post} on {day} at {time}."
    ),
    # the right to object
    "notices.object_within": _(
        "You may object to this decision within {days} days, counted from the day on which this letter reaches you."
    ),
    "notices.object_until": _(
        "You may object to this decision until {until}. This letter reached you on {served_on};"
        " the time to object is {days} days."
    ),
    "notices.object_where": _(
        "Say or write what you object to at {post}, or at the General Department of Identification in Phnom Penh."
        " It is free of charge, and someone you trust may help you."
    ),
    "notices.object_second": _(
        "Your objection is decided by another officer, who had no part in your case."
        " If it is refused, you may turn to the head of department of the other ministry."
    ),
    "notices.object_source": _("Source of this time limit: {source}."),
    "notices.rule_of_service": _("rule of the service"),
    "notices.your_post": _("the post that received your application"),
    "notices.holder": _("The holder of the receipt with the reference {reference}"),
    # e-mail and SMS: no name, no reason
    "notices.message_application_received": _("Srok: application {reference} was received."),
    "notices.message_papers_needed": _("Srok: something is missing for application {reference}. Please ask at {post}."),
    "notices.message_refused": _DECIDED,
    "notices.message_approved": _DECIDED,
    "notices.message_card_ready": _(
        "Srok: the card for application {reference} is ready at {post}. Please come in person with your receipt."
    ),
    "notices.message_card_ended": _(
        "Srok: the card for application {reference} has ended. A letter is waiting for you at {post}."
    ),
    "notices.message_withdrawn": _(
        "Srok: application {reference} was withdrawn. If you did not ask for this, tell us at {post}."
    ),
    "notices.message_appointment_moved": _("Srok: the time of ticket {reference} is now {day}, {time}, at {post}."),
    "notices.message_set_aside": _("Srok: {reference} does not go on. A letter with the reason waits at {post}."),
    "notices.message_appointment_closed": _(
        "Srok: the day of ticket {reference} had to be closed. Choose another day with the same reference."
    ),
    "notices.message_appointment_given": _("Srok: ticket {reference} has a place now: {day}, {time}, at {post}."),
    # ways of proof
    "notices.handed_over": _("handed over in person"),
    "notices.registered_post": _("registered post"),
    "notices.read_aloud": _("read aloud before two officers"),
    # refusals
    "notices.bad_email": _("This is not an e-mail address."),
    "notices.bad_phone": _("This is not a telephone number."),
    "notices.postal_too_long": _("The postal address is longer than {most} characters."),
    "notices.no_address": _("The chosen way of contact needs its address or number."),
    "notices.unknown_value": _("{value} is not one of the values known here."),
    "notices.not_a_code": _("A notice keeps codes, dates and references only; this is none."),
    "notices.no_reason": _("A refusal needs at least one reason."),
    "notices.reason_without_source": _("The reason {reason} has no source in law on that day. Nothing was sent."),
    "notices.unknown_notice": _("There is no such notice."),
    "notices.served_already": _("This notice was already recorded as received on {served_on}."),
    "notices.not_an_office": _("Only an officer may do this."),
}
