"""An owner tells what happened: the report of an incident, with its photos."""
