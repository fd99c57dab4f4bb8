"""What a plan says of itself, read from its text, each fact with the place where it stands."""
