"""Where the rooms are wired together: settings from the environment, URLs, checks, start-up."""
