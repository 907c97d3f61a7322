"""casekit in Jupyter: the panel's server, widgets, magics, rich display, JupyterLab and the page, ready to start."""
