#!/usr/bin/env python3
"""E-mail to a service address as repair reports, read by IMAP.

    MENDLOOP_AMQP_URL=amqp://… MENDLOOP_IMAP_PASSWORD=… ./email_imap.py --server imap.example.com --user service@example.com

A mail stays unread until it is on our disk, and its Message-ID names the report: read twice, it is one. What is quoted from an
earlier mail is cut off. Attachments are kept in a folder under the SHA-256 of their bytes and travel by reference."""
import argparse
import email
import email.policy
import email.utils
import hashlib
import html.parser
import imaplib
import logging
import os
import pathlib
import re
import time

from mendloop_channel import Channel

log = logging.getLogger("adapter")

MOST_PROBLEM = 8_000
MOST_ATTACHMENTS = 50
MOST_ATTACHMENT_BYTES = 20 * 1024 * 1024
ORDER = re.compile(r"\bWO-\d{8}-\d{6}\b")
# "On … wrote:", "在 … 写道：", "-----Original Message-----", "发件人：": from here on others speak.
QUOTE_HEAD = re.compile(
    r"^\s*(-{2,}\s*(original message|原始邮件|forwarded message|转发邮件).*"
    r"|on .{5,120} wrote:|在.{5,120}写道[:：]|_{10,}|(发件人|from)[:：].*)\s*$", re.IGNORECASE)


class Text(html.parser.HTMLParser):
    """The words of an HTML mail, a line for each block; what is quoted left out."""
    BLOCKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3"}

    def __init__(self):
        super().__init__()
        self.parts, self.hidden = [], 0

    def handle_starttag(self, tag, attributes):
        if tag in ("blockquote", "style", "script", "head"):
            self.hidden += 1
        elif tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        if tag in ("blockquote", "style", "script", "head"):
            self.hidden = max(0, self.hidden - 1)

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def own_words(text: str) -> str:
    """What the sender himself wrote: no quotes, no signature."""
    lines = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if QUOTE_HEAD.match(line) or line == "-- ":
            break
        if not line.lstrip().startswith(">"):
            lines.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def body(mail: email.message.EmailMessage) -> str:
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        content = part.get_content()
    except (LookupError, UnicodeError):
        # An encoding that does not exist: what can be read is read.
        content = (part.get_payload(decode=True) or b"").decode(errors="replace")
    if part.get_content_subtype() == "html":
        reader = Text()
        reader.feed(content)
        content = "".join(reader.parts)
    return own_words(content)


def keep(bytes_: bytes, folder: pathlib.Path) -> str:
    """Keeps bytes under their hash; the same bytes are kept once."""
    digest = hashlib.sha256(bytes_).hexdigest()
    path = folder / digest[:2] / digest
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        partial.write_bytes(bytes_)
        partial.replace(path)
    return digest


def attachments(mail: email.message.EmailMessage, folder: pathlib.Path) -> list[dict]:
    kept = []
    for part in mail.iter_attachments():
        content = part.get_payload(decode=True)
        if not content or len(content) > MOST_ATTACHMENT_BYTES or len(kept) == MOST_ATTACHMENTS:
            continue
        digest = keep(content, folder)
        kept.append({"dataref": f"attachment:sha256/{digest}", "mediaType": part.get_content_type(), "sha256": digest})
    return kept


def identity(mail: email.message.EmailMessage, raw: bytes) -> str:
    """The mail's own name; of one that has none, or too long a one, the hash of its bytes."""
    name = (mail.get("Message-ID") or "").strip()
    return name if 0 < len(name) <= 200 and name.isprintable() else "sha256-" + hashlib.sha256(raw).hexdigest()


def report(raw: bytes, folder: pathlib.Path) -> tuple[str, dict] | None:
    """A mail as Mendloop takes it, with its id; None for what machines send: out of office, bounces, lists."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    if mail.get("Auto-Submitted", "no").lower() != "no" or mail.get("Precedence", "").lower() in ("bulk", "list", "junk"):
        return None
    name, address = email.utils.parseaddr(str(mail.get("From", "")))
    if "@" not in address:
        return None
    subject = str(mail.get("Subject", "")).strip()
    words = body(mail)
    problem = f"{subject}\n\n{words}".strip()[:MOST_PROBLEM]
    order = ORDER.search(subject)
    id = identity(mail, raw)
    customer = {"email": address.lower()}
    if name:
        customer["name"] = name[:200]
    data = {"externalId": id, "customer": customer, "serviceType": "repair", "problem": problem,
            "relatedWorkOrder": order.group() if order else None, "attachments": attachments(mail, folder),
            "language": "zh-Hans" if re.search(r"[\u4e00-\u9fff]", problem) else "en"}
    return id, {name: value for name, value in data.items() if value}


def poll(server: imaplib.IMAP4, channel: Channel, folder: pathlib.Path) -> int:
    """Takes what is unread; how many mails that were."""
    server.select("INBOX")
    numbers = server.search(None, "UNSEEN")[1][0].split()
    for number in numbers:
        # Looked at without being marked as read: that is done when it is on our disk.
        raw = server.fetch(number, "(BODY.PEEK[])")[1][0][1]
        said = report(raw, folder)
        if said:
            channel.say(*said)
        server.store(number, "+FLAGS", "\\Seen")
    return len(numbers)


def run(options, channel: Channel) -> None:
    folder = pathlib.Path(options.attachments)
    while True:
        try:
            connect = imaplib.IMAP4 if options.plain else imaplib.IMAP4_SSL
            with connect(options.server, options.port) as server:
                server.login(options.user, os.environ["MENDLOOP_IMAP_PASSWORD"])
                while True:
                    poll(server, channel, folder)
                    time.sleep(options.every)
        except (imaplib.IMAP4.error, OSError) as error:
            log.warning("the mail server is away: %r", error)
            time.sleep(options.every)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", required=True)
    parser.add_argument("--port", type=int, default=993)
    parser.add_argument("--user", required=True)
    parser.add_argument("--plain", action="store_true", help="without TLS: only on this machine")
    parser.add_argument("--every", type=float, default=20, help="seconds between two looks")
    parser.add_argument("--attachments", default="attachments")
    parser.add_argument("--spool", default="email.sqlite")
    options = parser.parse_args()
    print("reading mail", flush=True)
    run(options, Channel(os.environ["MENDLOOP_AMQP_URL"], "email", options.spool).start())
