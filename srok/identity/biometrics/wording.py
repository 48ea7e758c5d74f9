"""The biometrics' sentences: what is wrong, and what to do."""

from django.utils.translation import gettext_lazy as _

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
    "biometrics.engine_broken": _("The face engine {engine} is named in the settings but cannot be started."),
    "biometrics.no_search_in_kit": _("A mission's kit holds nobody else's face: the centre searches."),
    "biometrics.search_waits": _("The search among all faces has been asked for and waits for its answer."),
    "biometrics.system_silent": _(
        "The system that searches faces does not answer. The message waits and is sent again."
    ),
    "biometrics.no_system": _("Nothing that searches faces is set up on this machine."),
    "biometrics.answered_already": _("This message has been answered already."),
    "biometrics.no_portrait": _("There is no portrait under this key."),
    "biometrics.no_room": _("The portrait does not fit into {bytes} bytes."),
}
