"""The cards' sentences and labels: code -> words."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "cards.unknown_card": _(
        "There is no such card for your office. Check the number, or ask the desk that holds the card."
    ),
    "cards.wrong_state": _(
        "This cannot be done to a card in its present state. Look at its life line for what comes next."
    ),
    "cards.only_after_approval": _(
        "A card is ordered by the officer of the Ministry of Interior who approves the case, and by nobody else."
    ),
    "cards.already_ordered": _("A card has been ordered for this case already. Open the case to see it."),
    "cards.another_on_its_way": _(
        "A card for this person is on its way from another case. Nobody gets two: close one of the two cases first."
    ),
    "cards.portrait_changed": _(
        "The portrait on file is not the one that was ordered. Nothing is made with it; end this card and tell the"
        " operator."
    ),
    "cards.no_address": _(
        "The card needs an address of one or two lines. Choose one of the lawful addresses in the case."
    ),
    "cards.no_latin_name": _(
        "The card needs the name in Latin letters as the person confirmed it. Add it to the case."
    ),
    "cards.bad_number_block": _(
        "The block of card numbers {first} to {end} does not hold numbers of nine digits. Tell the "
        "operator: the law data must be mended."
    ),
    "cards.block_exhausted": _(
        "No free card number was found in the reserved block. Nothing was ordered; tell the operator."
    ),
    "cards.not_a_signer": _(
        "Only officers of the Ministry of Foreign Affairs or the Ministry of Interior who were appointed to"
        " sign orders may sign. Ask one of them."
    ),
    "cards.approver_cannot_sign": _(
        "You approved this case, so you cannot also sign its order. Another officer of the ministry must sign."
    ),
    "cards.approver_cannot_issue": _(
        "You approved this case, so you cannot also issue its card. Another officer of the ministry must do it."
    ),
    "cards.already_signed": _(
        "An officer of your ministry has signed this order already. The other ministry's signature is what counts now."
    ),
    "cards.two_people": _("The two signatures must come from two different people."),
    "cards.signature_missing": _(
        "The order still lacks the signature of one ministry. The card can be issued when both have signed."
    ),
    "cards.not_the_card_office": _(
        "Your office ({office}) does not do this with cards. See on the card's page whose turn it is."
    ),
    "cards.already_dispatched": _("This card went into the bag on {on}. The post now counts it in."),
    "cards.not_dispatched": _(
        "This card has not been sent to the post yet. Wait until the Ministry of Interior has sent it."
    ),
    "cards.already_received": _("This card was counted in on {on}. It can be handed over."),
    "cards.not_received": _("This card has not been counted in at the post. Count it in first, then hand it over."),
    "cards.wrong_post": _(
        "The holder chose another place ({post}) to pick up this card. Only that place can hand it over."
    ),
    "cards.already_handed_over": _("This card was handed over on {on}. Nothing was done twice."),
    "cards.expired_before_hand_over": _(
        "This card expired on {on} before it was picked up. The holder may apply for a new one."
    ),
    "cards.holder_not_checked": _(
        "Compare the person with the portrait, or have two officers confirm, and say which of the two was done."
    ),
    "cards.holder_not_present": _("The card is given to the holder in person only. Say who was present."),
    "cards.second_officer_missing": _(
        "For a check by two officers, name another officer of this office who saw the holder."
    ),
    "cards.lost": _("Lost or stolen, as the holder declared"),
    "cards.lost_in_bag": _("Lost on the way to the post"),
    "cards.misprinted": _("Spoiled when it was made"),
    "cards.replaced": _("Ended because a newer card was handed over to the same holder"),
    "cards.not_issued": _(
        "This card has not been issued yet, so there is nothing to print. See its page for what comes next."
    ),
    "cards.unknown_reason": _("Choose one of the listed reasons for ending a card."),
    "cards.holder_not_reported": _(
        "Only the holder's own report makes a card a lost one. Tick that the holder reported it, or leave the card."
    ),
    "cards.replaced_by_hand_over": _("A card is replaced by handing over the new one, not by this act."),
    # Cards that a mission carries.
    "cards.bag_handed_over": _("This card has been given to its holder on this mission. Nothing was done twice."),
    "cards.bag_given": _(
        "The card was given to its holder. It becomes active when this event has reached the centre; until then checks"
        " say that it is not active yet."
    ),
    "cards.exposed_bag": _("Cards to hand over: number, name and portrait"),
    "cards.bag_number": _("Card number"),
    "cards.bag_name_km": _("Name in Khmer"),
    "cards.bag_name_latin": _("Name in Latin letters"),
    "cards.bag_expires": _("Last day of validity"),
    # What a card waits for.
    "cards.next_both_sign": _(
        "Both ministries must sign the order: one officer of Foreign Affairs and one of Interior, neither "
        "of whom approved the case."
    ),
    "cards.next_sign_mfa": _("An officer of the Ministry of Foreign Affairs must still sign the order."),
    "cards.next_sign_moi": _(
        "An officer of the Ministry of Interior must still sign the order. The officer who approved the case cannot."
    ),
    "cards.next_issue": _(
        "Both ministries have signed. The card officer of the Ministry of Interior can issue the card."
    ),
    "cards.next_dispatch": _("The card officer of the Ministry of Interior puts the card into the bag to its post."),
    "cards.next_receive": _("The card is on its way. The post counts it in when the bag arrives."),
    "cards.next_hand_over": _(
        "The card lies at the post. It is handed over to the holder in person, and becomes active then."
    ),
    "cards.next_none": _("The card is with its holder and active. Nothing is left to do."),
    "cards.next_renew": _("The card has expired. The holder may apply for a new one."),
    "cards.next_ended": _("This card has ended. Nothing more can be done with it."),
    # Words of the life line, the forms and the proof sheet.
    "cards.act_order": _("Ordered after approval"),
    "cards.act_sign_order": _("Order signed by a ministry"),
    "cards.act_issue": _("Issued: signed, encoded and printed"),
    "cards.act_dispatch": _("Sent to the post in the bag"),
    "cards.act_receive": _("Counted in at the post"),
    "cards.act_hand_over": _("Handed over to the holder"),
    "cards.act_revoke": _("Ended"),
    "cards.checked_portrait": _("The person was compared with the portrait"),
    "cards.checked_two_officers": _("Two officers of this office confirmed the person"),
    "cards.present_holder": _("The holder"),
    "cards.present_holder_and_relative": _("The holder and a relative"),
    "cards.present_holder_and_interpreter": _("The holder and an interpreter"),
    "cards.sex_f": _("Female"),
    "cards.sex_m": _("Male"),
    "cards.sex_x": _("Not stated"),
    "cards.ministry_mfa": _("Ministry of Foreign Affairs and International Cooperation"),
    "cards.ministry_moi": _("Ministry of Interior"),
}
