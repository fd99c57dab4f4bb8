"""What several towns' plans say of one topic, beside each other: the same for the web page and the API."""
