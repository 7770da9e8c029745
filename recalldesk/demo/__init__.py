"""The demo: a made-up firm that publishes the examples. Everything it makes up is marked as made up."""
