"""The shapes of the five nouns: in nothing, out declarations; imports nothing of ours, no engine, no web."""
