"""Makes a folder of signed static pages and files from a release of figures."""
