# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command to its end and prints what it cost, as the kernel counts it: the process alone, without those it talks to.

Prints {"seconds": by the clock, "processor": seconds of user and system, "memory": highest resident set in bytes, "output": text}.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

with tempfile.TemporaryFile() as output:
    started = time.monotonic()
    process = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=output)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    output.seek(0)
    text = output.read().decode(errors="replace")
if process.returncode != 0:
    sys.exit(f"{sys.argv[1:]} ended with {process.returncode}: {text[-2000:]}")
print(
    json.dumps(
        {
            "seconds": seconds,
            "processor": usage.ru_utime + usage.ru_stime,
            "memory": usage.ru_maxrss * 1024,
            "output": text,
        }
    )
)
