"""The embedded PostgreSQL server: our own launcher for the binaries of a wheel.

A data folder holds one server. Every program that uses it holds a lock; the last one that
ends stops it. No other user of the machine can connect. It is safe to kill any of it.
"""
