"""JupyterLab and the page, ready to start: what `casekit lab` and `casekit page` run."""
