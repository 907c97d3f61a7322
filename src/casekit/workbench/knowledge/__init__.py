"""What was found in the corpus: rows, the network, places, quotations, hand-made relations."""
