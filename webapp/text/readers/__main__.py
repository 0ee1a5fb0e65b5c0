"""The process in which one file is read or written: see `sandbox`."""

import sys

from webapp.text.readers.sandbox import serve

if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
