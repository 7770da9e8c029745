"""Engine: what a photo says. A label gives its model and serial; a marking is held against what
was to be written. It knows no recall, no claim and no database, and decides nothing.
"""
