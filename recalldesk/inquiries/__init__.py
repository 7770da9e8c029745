"""What an authority may see and asks: its seat, its questions and the firm's answers."""
