"""A program that is a fork of a process which waits for it: it passes on its arguments, surroundings and streams, and
ends as the fork has ended. Loads next to nothing: it stands for a program that is started again and again.

    python -IS forked.py SOCKET MODULE [ARGUMENT ...]
"""

import json
import os
import socket
import sys

with socket.socket(socket.AF_UNIX) as connection:
    connection.connect(sys.argv[1])
    socket.send_fds(connection, [b"\0"], [0, 1, 2])
    order = {
        "module": sys.argv[2],
        "arguments": sys.argv[3:],
        "environment": dict(os.environ),
        "cwd": os.getcwd(),
    }
    connection.sendall(json.dumps(order).encode() + b"\n")
    told = connection.makefile().read().split()
code = int(told[1])
sys.exit(code if code >= 0 else 128 - code)
