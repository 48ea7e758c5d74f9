"""The sentences of the missions: days, places, tickets, the line. (Those of the kits stand in `wording_kit`.)"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from srok.identity.missions.wording_kit import KIT

SENTENCES: dict[str, Promise] = {
    **KIT,
    # planning
    "missions.bad_plan": _("This plan cannot be run: look at the field that is marked."),
    "missions.no_slot": _("These hours hold no slot in which even one person could be served. Nothing was saved."),
    "missions.day_planned_already": _("There is a plan for {on} already. Open it to change it."),
    "missions.day_over": _("This day is past."),
    "missions.day_not_open": _("This day takes nobody: it is closed, or over."),
    "missions.line_has_begun": _("People are here already, so the day cannot be closed. End it instead."),
    "missions.not_seen_who_loses": _(
        "{count} more tickets would be touched than you were shown. Look at the list again, then confirm."
    ),
    "missions.unknown_day": _("There is no such day."),
    "missions.unknown_timezone": _("This time zone is not known. Write it like America/Los_Angeles."),
    "missions.not_a_post": _("Only a post abroad plans days."),
    "missions.not_your_post": _("This is done by an officer of the post whose day it is, and by nobody else."),
    "missions.not_in_a_kit": _(
        "This is done where there is a network: a kit does not know who books at this moment. Arrivals, calls and "
        "people without a ticket work here."
    ),
    # booking
    "missions.too_many_people": _("Up to {most} people can be on one ticket. A larger family takes two tickets."),
    "missions.no_such_slot": _("This time is not one of the day's. Choose from the list."),
    "missions.slot_begun": _("This time has begun. Choose a later one, or come without a ticket."),
    "missions.slot_full": _(
        "Somebody was faster: there are no longer {people} places together at this time. Nothing was booked; choose "
        "another time."
    ),
    "missions.too_fast": _(
        "Many places of this day were booked within the last {minutes} minutes, so that nobody takes all of them. "
        "Try again in {minutes} minutes; the places do not run away, and some are kept for those who just come."
    ),
    "missions.places_left": _("There are still places on this day. Choose a time."),
    "missions.name_too_long": _("Write at most {most} characters: a short name is enough."),
    "missions.unknown_ticket": _(
        "We hold no ticket with this reference. Compare it with your ticket, letter by letter."
    ),
    "missions.other_post": _("A ticket can be moved between days of one post. For another post, book anew."),
    "missions.not_in_this_state": _("This cannot be done now: the ticket is {state}."),
    # the day
    "missions.other_day": _("This ticket is for {on}."),
    "missions.nobody_waits": _("Nobody waits at this moment."),
    "missions.desk_taken": _("Somebody is at desk {desk} still. Say first how that ended."),
    "missions.no_such_desk": _("This day has {most} desks."),
    "missions.out_of_turn": _("Somebody else is next. To take this ticket first, choose the reason; it is counted."),
    "missions.unknown_value": _("Choose one of the values of the list."),
    "missions.unknown_conflict": _("There is no such report."),
    # states of a ticket, as the end of a sentence and as a word
    "missions.state_None": _("not made yet"),
    "missions.state_waitlisted": _("on the waiting list"),
    "missions.state_booked": _("booked"),
    "missions.state_displaced": _("without a day: the day was closed"),
    "missions.state_present": _("waiting in the room"),
    "missions.state_called": _("called to a desk"),
    "missions.state_served": _("served"),
    "missions.state_left": _("left"),
    "missions.state_turned_away": _("could not be served"),
    "missions.state_cancelled": _("given back"),
    "missions.state_not_come": _("not come"),
    # orders of a day
    "missions.order_appointments": _("by appointment"),
    "missions.order_walk_in": _("in the order in which people come"),
    "missions.order_closed": _("closed"),
    "missions.order_ended": _("ended"),
    # why first, why out of turn, why not
    "missions.lane_old": _("old"),
    "missions.lane_ill": _("ill"),
    "missions.lane_pregnant": _("pregnant"),
    "missions.lane_disabled": _("with a disability"),
    "missions.lane_small_child": _("with a small child"),
    "missions.turn_interpreter": _("an interpreter or helper waits"),
    "missions.turn_unwell": _("became unwell in the line"),
    "missions.turn_returned": _("came back with what was missing"),
    "missions.turn_mistake": _("a mistake in the line put right"),
    "missions.away_closing": _("the day ended"),
    "missions.away_no_paper": _("no paper or attestation that could be taken"),
    "missions.away_other_post": _("another post is responsible"),
    "missions.away_wrong_service": _("this is not done here"),
    "missions.standing_0": _("taken first"),
    "missions.standing_1": _("on time"),
    "missions.standing_2": _("late"),
    "missions.standing_3": _("without appointment"),
    # the numbers of a day
    "missions.figure_planned": _("Places"),
    "missions.figure_booked": _("Booked"),
    "missions.figure_waitlisted": _("On the waiting list"),
    "missions.figure_walk_ins": _("Without appointment"),
    "missions.figure_arrived": _("Came"),
    "missions.figure_waiting": _("In the room now"),
    "missions.figure_served": _("Served"),
    "missions.figure_not_come": _("Did not come"),
    "missions.figure_left": _("Left"),
    # conflicts between the centre and a kit
    "missions.cancelled_but_came": _(
        "The ticket was given back at the centre, and used in a kit. What was served stands."
    ),
    "missions.moved_but_came": _(
        "The ticket was moved to another day, and used in a kit on the old one. What was served stands."
    ),
    "missions.served_twice": _("The ticket was served in two places. Both stand until an officer has looked."),
    "missions.outcome_kit_right": _("the kit is right"),
    "missions.outcome_other_person": _("somebody else used the ticket"),
    "missions.outcome_mistake": _("a wrong key was pressed"),
    # what a lost kit shows
    "missions.appointments": _("Appointments of the mission's days: reference, time, how many people"),
    "missions.names_to_call": _("Names to call out, for the days of the mission that are not ended"),
    # done
    "missions.done_book": _("Your place is booked. Keep the reference: it is all you need."),
    "missions.done_wait": _("You are on the waiting list. Keep the reference."),
    "missions.done_cancel": _("The places were given back. Thank you: somebody else can come."),
    "missions.done_rebook": _("Your new time is booked. The reference stays the same."),
    "missions.done_plan": _("The day is planned and can be booked."),
    "missions.done_change": _("The plan was changed. Whose time is another one is told, where they left a way."),
    "missions.done_close": _("The day is closed. Whoever booked keeps a right to another day."),
    "missions.done_surge": _("From now on people stand in the order in which they come. The line stays as it is."),
    "missions.done_settle": _("From now on appointments go first again. The line stays as it is."),
    "missions.done_end": _("The day is ended. Names and ways to reach people were erased."),
    "missions.done_arrive": _("In the line."),
    "missions.done_walk_in": _("In the line, with a new ticket."),
    "missions.done_serve": _("Served."),
    "missions.done_miss": _("Stands again behind the next two."),
    "missions.done_leave": _("Noted as left."),
    "missions.done_turn_away": _("Noted, with the reason."),
    "missions.done_settle_conflict": _("Noted."),
}
