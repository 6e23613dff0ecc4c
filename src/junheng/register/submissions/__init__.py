"""Schools hand in on the desk, offices check, and what was accepted becomes the next version of the register."""
