"""Figures for whoever watches the server: how much waits, since when, and what came of it.

A surface for machines: one page in the form that Prometheus reads. It holds counts and times only.
"""
