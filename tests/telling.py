"""A program for `test_forking`: tells its arguments, surroundings and input, and ends with 3."""

import os
import sys
import time

if sys.argv[1:] == ["wait"]:
    time.sleep(600)
if sys.argv[1:] == ["break"]:
    raise ValueError("broken")
print(sys.argv[1:], dict(os.environ), sys.stdin.read())
print("ended", file=sys.stderr)
sys.exit(3)
