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
    "biometrics.no_portrait": _("There is no portrait under this key."),
    "biometrics.no_room": _("The portrait does not fit into {bytes} bytes."),
}
