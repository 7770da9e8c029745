"""One way of writing for what people write in many: what two claims share is found by it.

All of it is pure. A form is for comparing only; what is kept and shown is what was given.
"""
