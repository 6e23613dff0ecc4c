"""Numbers made of two others: shares, rates, means, products, ratios."""
