"""What the commands print on a terminal: plain words, and always what to do next."""
