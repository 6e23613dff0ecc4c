"""Parts and wholes: sums of a sentence, of paired items, of a table, of stages."""
