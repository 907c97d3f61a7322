"""Finding the genuine body of a page: kept spans, and a ledger of cuts with their reasons."""
