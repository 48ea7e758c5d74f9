"""The biometrics' sentences: what is wrong, and what to do."""

from django.utils.translation import gettext_lazy as _

# Words on the pages: the ten fingers, and what was found of them.
FINGERS = {
    "right_thumb": _("Right thumb"),
    "right_index": _("Right index finger"),
    "right_middle": _("Right middle finger"),
    "right_ring": _("Right ring finger"),
    "right_little": _("Right little finger"),
    "left_thumb": _("Left thumb"),
    "left_index": _("Left index finger"),
    "left_middle": _("Left middle finger"),
    "left_ring": _("Left ring finger"),
    "left_little": _("Left little finger"),
}
FOUND = {
    "captured": _("Taken"),
    "missing": _("The finger is missing"),
    "bandaged": _("The finger is bandaged"),
    "unable": _("No print can be taken"),
}

SENTENCES = {
    "biometrics.unreadable": _("The picture cannot be read. Save it again as JPEG or PNG, or take it again."),
    "biometrics.too_large": _("The picture is too large. It may have at most 20 megabytes and 50 megapixels."),
    "biometrics.too_small": _("The photo is too small. It needs at least 480 by 600 pixels."),
    "biometrics.not_upright": _("The photo lies on its side. Turn it upright, or take it again."),
    "biometrics.too_dark": _("The photo is too dark. Take it again in more light."),
    "biometrics.too_bright": _("The photo is too bright. Take it again in less light."),
    "biometrics.flat": _("The photo shows no contrast. Take it again before a plain background in even light."),
    "biometrics.blurred": _("The photo is blurred. Hold the camera still and take it again."),
    "biometrics.no_face_engine": _("Nobody has checked that the photo shows one face: the officer looks at it."),
    "biometrics.no_face": _(
        "No face can be seen. Look straight into the camera, without hat, mask or dark glasses, and take it again."
    ),
    "biometrics.several_faces": _("More than one face can be seen. One person alone stands before a plain background."),
    "biometrics.eyes_too_near": _("The face is too small: come nearer to the camera, or use a sharper one."),
    "biometrics.too_close": _("The face is too close: step back a little, until head and shoulders can be seen."),
    "biometrics.head_rolled": _("The head is tilted. Hold the head straight and the camera level, and take it again."),
    "biometrics.off_centre": _("The face is not in the middle. Put it into the oval, and take it again."),
    "biometrics.busy_background": _("The background is not plain. Stand before a plain light wall or cloth."),
    "biometrics.uneven_light": _(
        "One side of the face is darker. Turn towards the window or the lamp, and take it again."
    ),
    "biometrics.face_dark": _("The face is too dark to be seen well. Turn the face to the light, and take it again."),
    "biometrics.face_bright": _(
        "The face is too bright to be seen well. Step away from the strong light, and take it again."
    ),
    "biometrics.face_blurred": _("The face is blurred. Hold still, wipe the lens, and take it again."),
    "biometrics.engine_broken": _(
        "The face engine named in the settings cannot be started: nobody has checked the face."
    ),
    "biometrics.no_search_in_kit": _("A mission's kit holds nobody else's face: the centre searches."),
    "biometrics.search_waits": _("The search among all faces has been asked for and waits for its answer."),
    "biometrics.system_silent": _(
        "The system that searches faces does not answer. The message waits and is sent again."
    ),
    "biometrics.no_system": _("Nothing that searches faces is set up on this machine."),
    "biometrics.answered_already": _("This message has been answered already."),
    "biometrics.finger_good": _("The print is good."),
    "biometrics.choose_why": _("Choose why there is no print of this finger."),
    "biometrics.finger_none": _("No finger lies on the device. Put the finger flat on the glass and hold it still."),
    "biometrics.finger_partly": _(
        "Only a part of the finger lies on the glass. Put the whole fingertip flat in the middle."
    ),
    "biometrics.finger_dry": _("The print is too light: moisten the finger a little, or press a little harder."),
    "biometrics.finger_wet": _("The print is too dark: dry the finger, or press less."),
    "biometrics.finger_weak": _("The print is not clear. Clean finger and glass, and hold the finger still."),
    "biometrics.finger_best_kept": _("After three tries the best print was kept. Nobody is sent away for it."),
    "biometrics.finger_unreadable": _(
        "After three tries no print could be made out. Note why, and go on to the next finger."
    ),
    "biometrics.device_silent": _("The fingerprint device does not answer. Check its cable, and try again."),
    "biometrics.device_unreadable": _("The fingerprint device sent a picture that cannot be used."),
    "biometrics.device_broken": _("The fingerprint device {device} is named in the settings but cannot be started."),
    "biometrics.no_finger_device": _("No fingerprint device is set up on this machine."),
    "biometrics.no_finger_engine": _("Nothing that reads fingerprints is installed on this machine (nbis-py)."),
    "biometrics.finger_template": _("This is no fingerprint template."),
    "biometrics.finger_finished": _("This finger is finished already."),
    "biometrics.no_fingers": _("No fingers have been taken under this key."),
    "biometrics.fingers_waived_already": _("No fingers are asked for here: they were waived by rule."),
    "biometrics.waiver_not_due": _("The age from which no fingers are asked for is {age} years. It is not reached."),
    "biometrics.two_officers_compare": _(
        "Without fingers, two officers compare the face when the card is handed over."
    ),
    "biometrics.no_portrait": _("There is no portrait under this key."),
    "biometrics.no_room": _("The portrait does not fit into {bytes} bytes."),
}
