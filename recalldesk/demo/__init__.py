"""The demo: a made-up firm publishes the examples. All it makes up is marked as made up."""
