"""The sentences of the kits: why one is not made, what is wrong with the laptop and what to do about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KIT: dict[str, Promise] = {
    "missions.not_mission_head": _(
        "Only a head of mission of this post, or the centre itself, prepares and ends kits."
    ),
    "missions.kit_at_centre_only": _("Kits are prepared, sent out, taken back and ended at the centre, not in a kit."),
    "missions.kit_unknown_post": _("No office serves the post {post}."),
    "missions.kit_until_before_from": _("The last day of the mission is before its first day."),
    "missions.kit_mission_over": _("The last day of the mission is over already."),
    "missions.kit_too_long": _("A kit is prepared for {most} days at most; this would be {days}."),
    "missions.kit_needs_two": _(
        "A kit needs two consular officers of its post: whoever captures an application does not approve it."
    ),
    "missions.kit_unknown_officer": _("{username} is no consular officer of this post."),
    "missions.kit_already_there": _(
        "In the folder {name} lies a kit already. Nothing was changed: each preparation makes a new kit, in a new "
        "folder."
    ),
    "missions.kit_folder_not_empty": _("The folder {name} is not empty. Name a folder that does not exist yet."),
    "missions.kit_disk_full": _("There is no room on the disk for the kit {name}. Nothing half made was left behind."),
    "missions.kit_not_built": _(
        "The kit {name} could not be made. Nothing half made was left behind, and its warrant was revoked."
    ),
    "missions.kit_no_seals": _("Give the number of each seal, at least one."),
    "missions.kit_seal_form": _("A seal's number has up to 30 letters, digits and hyphens; each is given once."),
    "missions.kit_seals_differ": _(
        "The seals are not those with which the kit left. Do not start it: keep it as it is and tell the centre."
    ),
    "missions.kit_unknown_reason": _("A kit is ended as lost, stolen, broken or withdrawn; not as {reason}."),
    "missions.kit_law_differs": _(
        "The program on this laptop knows another edition of the law than the centre did when the kit was prepared. "
        "Capture goes on; the centre checks again."
    ),
    "missions.kit_unencrypted": _(
        "The disk of this laptop is not encrypted, or not in a way that can be recognised. Stop here and use another "
        "laptop, or have the head of mission accept it in writing and start with SROK_KIT_UNENCRYPTED=accepted."
    ),
    "missions.kit_unencrypted_accepted": _(
        "The disk of this laptop is open, and the head of mission answers for it; the record of the mission says so. "
        "Shut it down whenever nobody sits in front of it."
    ),
    "missions.kit_swap_open": _(
        "This laptop writes memory to an unencrypted disk (swap). Turn it off with: sudo swapoff -a"
    ),
    "missions.kit_disk_low": _(
        "Only {free} MB are free on the disk; {needed} MB are needed to capture. Send the sealed parcels, confirm "
        "their receipts, and remove other files."
    ),
    "missions.kit_secrets_open": _(
        "Others can read what belongs to the kit alone: {names}. Run: chmod -R go= on the kit's folder."
    ),
    "missions.kit_reason_lost": _("The kit is lost"),
    "missions.kit_reason_stolen": _("The kit was stolen"),
    "missions.kit_reason_broken": _("The kit is broken"),
    "missions.kit_reason_withdrawn": _("Withdrawn from service"),
    "missions.kit_reason_not_built": _("Could not be made"),
}
