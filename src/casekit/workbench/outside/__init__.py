"""What goes to other programs and comes back: tables, vaults, annotations, Zotero."""
