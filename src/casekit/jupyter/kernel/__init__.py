"""casekit inside a kernel: magics, rich display, progress bars, and the list of references of a notebook."""
