"""A person at a terminal: runs a command on a pseudo-terminal of its own and follows a script of JSON steps.

Steps: ["wait", TEXT] until it is printed, ["type", TEXT], ["resize", ROWS, COLUMNS]. Prints {"printed", "code"} as JSON.
"""
import fcntl, json, os, pty, select, signal, struct, sys, termios

steps, command = json.loads(sys.argv[1]), sys.argv[2:]
signal.alarm(60)
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)


def resize(rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


resize(33, 111)
printed, seen = "", 0


def read():
    """False when nobody is at the other end any more."""
    global printed
    try:
        said = os.read(terminal, 65536)
    except OSError:
        return False
    printed += said.decode("utf8", "replace")
    return bool(said)


for what, *how in steps:
    if what == "wait":
        while how[0] not in printed[seen:]:
            if not read():
                sys.exit(f"ended before it said {how[0]!r}: {printed}")
        seen = printed.index(how[0], seen) + len(how[0])
    elif what == "type":
        os.write(terminal, how[0].encode())
    else:
        resize(*how)
while read():
    pass
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(json.dumps({"printed": printed, "code": code}))
