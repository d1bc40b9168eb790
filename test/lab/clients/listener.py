"""Stands for any command of `run`: says what it is given, counts the signals it gets, and does what it is told to, line by line."""
import os, signal, sys

NAMES = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2", "SIGWINCH"]
counts = dict.fromkeys(NAMES, 0)


def say(*words):
    # Not `print`, which must not be interrupted by itself.
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def got(number, _frame):
    name = signal.Signals(number).name
    counts[name] += 1
    say("got", name)


for name in NAMES:
    signal.signal(getattr(signal, name), got)
say("terminals", *[os.isatty(fd) for fd in range(3)])
say("blocking", *[os.get_blocking(fd) for fd in range(3)])
if os.isatty(0):
    say("foreground", os.tcgetpgrp(0) == os.getpgrp())
say("ready", os.getpid())
for line in sys.stdin:
    verb, *rest = line.split()
    if verb == "size":
        say("size", *os.get_terminal_size(0))
    elif verb == "counts":
        say("counts", *[f"{name}={count}" for name, count in counts.items() if count])
    elif verb == "exit":
        sys.exit(int(rest[0]))
