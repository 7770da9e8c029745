"""The log: who moved what, from where, to where, why and when. Rows are added, never changed."""
