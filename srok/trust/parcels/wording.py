"""Sentences of the parcels, by code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    # Said in a kit.
    "parcels.not_a_kit": _("This machine is no mission kit: it holds no warrant."),
    "parcels.unreadable_warrant": _("The warrant of this kit cannot be read. Ask the centre for a new kit folder."),
    "parcels.warrant_not_genuine": _(
        "The warrant of this kit was not signed by the centre. Do not work with this kit."
    ),
    "parcels.no_kit_key": _("The kit's own key is missing, or its file can be read by others. Nothing was saved."),
    "parcels.revoked_here": _(
        "The centre has stopped this kit. Capture nothing more with it; what was captured can still be sent."
    ),
    "parcels.frozen": _(
        "This kit has had no sign of the centre for more than {days} days. Send what is here and confirm the receipts; "
        "then capture goes on. Nothing that was captured is lost."
    ),
    "parcels.clock_behind": _(
        "The clock of this kit says {now}, but its last event was on {last}. Set the clock right, then try again."
    ),
    "parcels.outside_warrant": _(
        "This day lies outside the days of the kit's warrant. If the date of the kit is wrong, set its clock right; if "
        "the mission goes on longer, ask for a new warrant."
    ),
    "parcels.not_named": _("The warrant of this kit does not name this officer."),
    "parcels.too_large": _("Together this is {bytes} bytes; one event can carry {most}. Scan with fewer dots an inch."),
    "parcels.appended_already": _("This act was written already. Nothing was done twice."),
    "parcels.no_reference_left": _("All receipt numbers of this kit are used up. Ask the centre for a new warrant."),
    "parcels.foreign_reference": _("The receipt number {reference} was not given to this kit."),
    "parcels.reference_used": _("The receipt number {reference} was given out already."),
    "parcels.bad_receipts": _("This file holds no receipts signed by the centre. Nothing was removed from the kit."),
    "parcels.receipts_of_others": _("This file holds receipts of other kits only. Ask the centre for your own."),
    "parcels.not_sent": _("The centre could not be reached or did not take the file. Nothing was lost; send it again."),
    "parcels.exposed_references": _("Receipt numbers that nobody was given yet; the centre voids them with the kit."),
    "parcels.exposed_officers": _("Names and user names of the officers of this mission."),
    "parcels.sealed_events": _("Sealed events: nobody can read them here, with or without the password."),
    "parcels.https_only": _("Write the address of the centre; it begins with https://."),
    # Said to a kit that sends.
    "parcels.upload_refused": _("The centre does not know this kit, or the kit did not sign this file."),
    "parcels.upload_too_large": _("One file may have {megabytes} megabytes."),
    "parcels.too_many_uploads": _("Too many files in one hour. Wait a little, then send again."),
    "parcels.unknown_upload": _("No file is being sent under this number."),
    "parcels.wrong_offset": _("The next piece must begin where the last one ended. Ask how far it has come."),
    "parcels.piece_too_large": _("One piece may have {megabytes} megabytes, and none may go beyond the file's end."),
    "parcels.upload_changed": _("What arrived is not the file that the kit signed. It begins anew."),
    # Said at the centre, about a kit.
    "parcels.unknown_kit_named": _("There is no kit {kit}."),
    "parcels.unknown_post": _("No post abroad has the code {post}."),
    "parcels.bad_mission": _(
        "A kit needs at least one officer, each named once, a first day not after the last, at most a year, 1 to 5000 "
        "receipt numbers, and 1 to 90 days without contact."
    ),
    "parcels.seals_missing": _("Write the number of every seal: 1 to 20 numbers, each up to 40 characters."),
    "parcels.wrong_standing": _("This cannot be done with a kit in this state: {standing}."),
    "parcels.standing_prepared": _("Prepared"),
    "parcels.standing_checked_out": _("Out on its mission"),
    "parcels.standing_checked_in": _("Returned"),
    "parcels.standing_revoked": _("Stopped"),
    "parcels.not_your_duty": _("This is for the head of a mobile mission or an examiner of Foreign Affairs."),
    "parcels.other_office": _("This kit belongs to another office."),
    "parcels.reason_missing": _("Write the reason in 3 to 300 characters."),
    # Said of an event that was kept apart.
    "parcels.bad_signature": _("The signature of the kit does not fit: something was changed on the way."),
    "parcels.unknown_kit": _("No kit of this name was ever prepared here."),
    "parcels.damaged": _("These bytes are no event: something was changed on the way."),
    "parcels.truncated": _("The file ends in the middle of an event. Every whole event before it was taken."),
    "parcels.unreadable_seal": _("The seal cannot be opened, or what is inside has another form."),
    "parcels.forked": _(
        "The kit has sent two different events with one number, or this one does not follow the one before it. Both "
        "are kept."
    ),
    "parcels.kit_revoked": _("The kit was stopped before this came."),
    "parcels.late": _("This came after the kit was back, or long after its mission. Others may have the case by now."),
    "parcels.from_the_future": _("By the kit's clock this was done more than ten minutes from now."),
    "parcels.clock_backwards": _("By the kit's clock this was done before the event that comes before it."),
    "parcels.reference_voided": _("The receipt number of this event was made void."),
    "parcels.reference_of_another": _("The receipt number of this event was given to another kit."),
    "parcels.same_command": _("The same act has come already under another number."),
    "parcels.unknown_kind": _("No desk here takes events of this kind."),
    "parcels.failed_inside": _("The program failed on this event. It is kept and will be tried again."),
    "parcels.conflict": _("It stands beside something that is here already. An officer decides; both are kept."),
    # Said of an officer's decision about events.
    "parcels.state_stored": _("Kept, not opened yet"),
    "parcels.state_opened": _("Done"),
    "parcels.state_conflict": _("Two stand side by side"),
    "parcels.state_waiting": _("Waits for another event"),
    "parcels.state_refused": _("Refused by its desk"),
    "parcels.state_quarantined": _("Kept apart"),
    "parcels.state_set_aside": _("Set aside"),
    "parcels.wrong_state": _("This cannot be done with an event in this state: {state}."),
    "parcels.unknown_arrival": _("There is no such event for this office."),
    "parcels.hopeless": _("Nothing can be made of this event. It can be set aside; its bytes are kept."),
    "parcels.no_such_gap": _("These numbers are not all missing."),
}
