"""Who may do what to which case for which purpose: policy files and one typed question."""
