"""As much of an IMAP server (RFC 3501) as imaplib asks for: one mailbox, whose mails are read and unread, and a folder for copies."""
import socketserver
import threading


class Mailbox:
    def __init__(self, mails: list[bytes]):
        self.mails, self.seen, self.fetched = list(mails), set(), 0
        self.failed, self.refuses_copies = [], False
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def _handler(mailbox):
        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                self.send(b"* OK ready")
                while line := self.rfile.readline():
                    tag, verb, *rest = line.decode().split(maxsplit=2)
                    is_refused = self.answer(verb.upper(), rest[0].strip() if rest else "")
                    self.send(f"{tag} {'NO' if is_refused else 'OK'} done".encode())
                    if verb.upper() == "LOGOUT":
                        return

            def answer(self, verb, rest):
                if verb == "CAPABILITY":
                    self.send(b"* CAPABILITY IMAP4rev1")
                elif verb == "SELECT":
                    self.send(f"* {len(mailbox.mails)} EXISTS".encode())
                elif verb == "SEARCH":
                    unseen = [str(n + 1) for n in range(len(mailbox.mails)) if n not in mailbox.seen]
                    self.send(" ".join(["* SEARCH", *unseen]).encode())
                elif verb == "FETCH":
                    number = int(rest.split()[0])
                    mail = mailbox.mails[number - 1]
                    mailbox.fetched += 1
                    self.send(f"* {number} FETCH (BODY[] {{{len(mail)}}}".encode() + b"\r\n" + mail + b")")
                elif verb == "COPY":
                    if mailbox.refuses_copies:
                        return True
                    mailbox.failed.append(mailbox.mails[int(rest.split()[0]) - 1])
                elif verb == "STORE":
                    mailbox.seen.add(int(rest.split()[0]) - 1)

            def send(self, line):
                self.wfile.write(line + b"\r\n")

        return Handler
