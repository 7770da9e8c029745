"""Pictures as SVG markup, drawn from a product's data. Pure functions; colours come from the sheet.

Guarantee: no style attribute and no script; every text that comes from data is escaped.
"""

from recalldesk.portal.drawings.icons import icon
from recalldesk.portal.drawings.label import label_picture
from recalldesk.recalls.picture import product_picture

__all__ = ["icon", "label_picture", "product_picture"]
