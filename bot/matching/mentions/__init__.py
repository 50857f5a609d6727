"""What a text names besides: terms, countries, emergencies, the moment when something happened."""
