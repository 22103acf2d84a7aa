"""Makes a folder of signed static pages and files from a release of figures; any web server serves it.

1. The only inputs are three files: a signed release, the keys to trust, the counts of the prevention installation. No
   database, no network, no file upload; nothing about a person can reach this program (I13, F69).
2. A release that is unsigned, altered, incomplete, below the threshold or ahead of its log is refused in plain words,
   and nothing is built (R24, F68).
3. What is built is a function of the inputs: the same inputs give the same bytes, so anybody can build it again.
4. Every file is read back and compared with the release before the folder takes its place.
"""
