"""The JSON API: in comes a token or a session, out come the same rows that the pages show that person, for programs to read."""
