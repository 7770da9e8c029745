"""Why a person may decline a claim, where the recall file says nothing of its own.

Guarantee: none says that a product is harmless; each says what the owner can do.
"""

from recalldesk.recalls.document.contents import Contents
from recalldesk.recalls.document.review import DeclineReason

BUILT_IN: tuple[DeclineReason, ...] = (
    DeclineReason(
        key="not-recalled",
        title={
            "en": "The serial is in no scope of this recall",
            "es": "El número de serie no está en este retiro",
        },
        text={
            "en": "The serial number of your claim is not in this recall. If the label reads "
            "otherwise, send us a photo of it and ask another person to look.",
            "es": "El número de serie de su solicitud no está en este retiro. Si en la etiqueta "
            "dice otra cosa, envíenos una foto y pida que lo mire otra persona.",
        },
    ),
    DeclineReason(
        key="another-unit",
        title={
            "en": "The photos show another unit",
            "es": "Las fotos muestran otra unidad",
        },
        text={
            "en": "Your photos show a unit other than the one that you claim. Send photos of the "
            "unit itself and ask another person to look.",
            "es": "Sus fotos muestran una unidad distinta de la que reclama. Envíe fotos de la "
            "unidad misma y pida que lo mire otra persona.",
        },
    ),
    DeclineReason(
        key="remedy-given",
        title={
            "en": "A remedy was given for this unit",
            "es": "Por esta unidad ya se dio una solución",
        },
        text={
            "en": "A remedy was already given for this unit, and there is one for each. If it did "
            "not reach you, write to us.",
            "es": "Por esta unidad ya se dio una solución, y hay una por cada unidad. Si no le "
            "llegó, escríbanos.",
        },
    ),
    DeclineReason(
        key="bought-back",
        title={
            "en": "A shop has bought it back",
            "es": "Una tienda la recompró",
        },
        text={
            "en": "A shop has paid back what this unit cost. If you did not get that money, write "
            "to us.",
            "es": "Una tienda devolvió lo que costó esta unidad. Si no recibió ese dinero, "
            "escríbanos.",
        },
    ),
    DeclineReason(
        key="no-answer",
        title={
            "en": "No answer to what we asked for",
            "es": "Sin respuesta a lo que pedimos",
        },
        text={
            "en": "We asked you for something that we need to decide, and it did not come. Send it "
            "now and ask another person to look.",
            "es": "Le pedimos algo que necesitamos para decidir y no llegó. Envíelo ahora y pida "
            "que lo mire otra persona.",
        },
    ),
    DeclineReason(
        key="other",
        title={"en": "Another reason", "es": "Otra razón"},
        text={
            "en": "We cannot approve your claim. Why stands in our message.",
            "es": "No podemos aprobar su solicitud. La razón está en nuestro mensaje.",
        },
    ),
)


def decline_reasons(document: Contents) -> tuple[DeclineReason, ...]:
    """The reasons of a recall, in their order: its own, or those of the program."""
    return document.review.decline_reasons or BUILT_IN
