"""What is recalled: a recall and its versions, each an unchangeable document once approved."""
