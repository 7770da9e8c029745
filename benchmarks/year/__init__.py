"""A made-up year of a recall: who claims, what is fraud, and what the decision rule sees of it.

Guarantee: what makes claims up (people, honest, rings, photos) knows nothing of the rule, its
reasons and its look-ups; a test holds it to that.
"""
