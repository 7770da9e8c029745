"""The notice on paper: poster, press release and trade letter, as PDF."""
