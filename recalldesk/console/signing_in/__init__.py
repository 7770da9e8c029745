"""How staff sign in: what django-allauth asks us, and the pages that it has not."""
