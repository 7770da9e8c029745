"""The pages for owners of many units: a list is sent, answered, claimed and followed."""
