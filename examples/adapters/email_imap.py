#!/usr/bin/env python3
"""E-mail to a service address as repair reports, read by IMAP.

    MENDLOOP_AMQP_URL=amqp://… MENDLOOP_IMAP_PASSWORD=… ./email_imap.py --server imap.example.com --user service@example.com

A mail stays unread until it is on our disk, and its Message-ID names the report: read twice, it is one. What is quoted from an
earlier mail is cut off. An answer to a mail, or one whose subject names an order or request of ours, is a message to that. A mail
that cannot be read is put into the folder Failed, where a person looks at it; the others go on. Attachments are kept by the door
at MENDLOOP_DOOR_URL; the report names those that it does not take."""
import argparse
import dataclasses
import email
import email.errors
import email.header
import email.message
import email.utils
import hashlib
import html.parser
import imaplib
import logging
import mimetypes
import os
import re
import time

from mendloop_channel import ID, Channel, Door, NotTaken, clean, more

log = logging.getLogger("adapter")

MOST_PROBLEM = 8_000
MOST_ATTACHMENTS = 50
MOST_ATTACHMENT_BYTES = 20 * 1024 * 1024
FAILED = "Failed"
ORDER, REQUEST = re.compile(r"\bWO-\d{8}-\d{6}\b"), re.compile(r"\bSR-\d{8}-\d{6}\b")
NAME = re.compile(r"<[^<>\s]+>")
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


def decoded(content: bytes, charset: str | None) -> str:
    """Bytes as text, whatever their sender says they are: many call GBK GB2312, some name what does not exist."""
    for name in filter(None, (charset, "utf-8", "gb18030")):
        try:
            return content.decode(name)
        except (LookupError, ValueError):
            continue
    return content.decode(errors="replace")


def words(header) -> str:
    """A header's text on one line."""
    try:
        pieces = email.header.decode_header(header or "")
    except email.errors.HeaderParseError:
        pieces = [(str(header), None)]
    text = "".join(piece if isinstance(piece, str) else decoded(piece, charset) for piece, charset in pieces)
    return clean(" ".join(text.split()))


def leaves(part: email.message.Message):
    """The parts that hold something; a forwarded mail is one."""
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        for child in part.get_payload():
            yield from leaves(child)
    else:
        yield part


def is_text(part: email.message.Message) -> bool:
    return (part.get_content_type() in ("text/plain", "text/html") and not part.get_filename()
            and part.get_content_disposition() != "attachment")


def body(mail: email.message.Message) -> str:
    texts = {"text/plain": [], "text/html": []}
    for part in filter(is_text, leaves(mail)):
        content = decoded(part.get_payload(decode=True) or b"", part.get_content_charset())
        if part.get_content_subtype() == "html":
            reader = Text()
            reader.feed(content)
            content = "".join(reader.parts)
        texts[part.get_content_type()].append(content)
    return own_words("\n".join(texts["text/plain"])) or own_words("\n".join(texts["text/html"]))


def attachments(mail: email.message.Message, door: Door | None) -> tuple[list[dict], list[str]]:
    """What the door keeps, and the names of what it does not."""
    kept, missing = [], []
    for part in leaves(mail):
        if is_text(part):
            continue
        content, kind, name = part.get_payload(decode=True) or b"", part.get_content_type(), words(part.get_filename())
        if kind == "application/octet-stream":
            kind = mimetypes.guess_type(name)[0] or kind
        try:
            if door is None or len(kept) == MOST_ATTACHMENTS or not 0 < len(content) <= MOST_ATTACHMENT_BYTES:
                raise NotTaken
            kept.append(door.keep(content, kind))
        except NotTaken:
            missing.append(name[:100] or kind)
    return kept, missing


def identity(mail: email.message.Message, raw: bytes) -> str:
    """The mail's own name; of one that has none, or no proper one, the hash of its bytes."""
    name = str(mail.get("Message-ID", "")).strip()
    return name if ID.fullmatch(name) and NAME.fullmatch(name) else "sha256-" + hashlib.sha256(raw).hexdigest()


@dataclasses.dataclass
class Heard:
    """What a mail says: as a report, and as a message to what it answers."""
    id: str
    report: dict
    more: dict
    # The request's number in its subject, and the mails that it answers, the latest first.
    request: str | None
    answers: list[str]


def read(raw: bytes, door: Door | None) -> Heard | None:
    """A mail as Mendloop takes it; None for what machines send: out of office, bounces, lists.

    Raises OSError when the door does not answer, anything else for a mail that cannot be read."""
    # The old policy leaves headers as they came; the newer ones parse them at each look, and some headers make that fail.
    mail = email.message_from_bytes(raw)
    if (words(mail.get("Auto-Submitted", "no")).lower() != "no"
            or words(mail.get("Precedence")).lower() in ("bulk", "list", "junk")):
        return None
    name, address = email.utils.parseaddr(str(mail.get("From", "")))
    if not re.fullmatch(r"[^@\s]{1,64}@[^@\s]+", address):
        raise ValueError("the mail does not say whom it is from")
    subject, text = words(mail.get("Subject")), clean(body(mail))
    chinese = re.search(r"[\u4e00-\u9fff]", subject + text) is not None
    files, missing = attachments(mail, door)
    if missing:
        names = ", ".join(missing)[:1_000]
        text += f"\n\n（未转交的附件：{names}）" if chinese else f"\n\n(Attachments that were not passed on: {names})"
    id, order, request = identity(mail, raw), ORDER.search(subject), REQUEST.search(subject)
    customer = {"email": address.lower(), "name": words(name)[:200]}
    report = {"externalId": id, "customer": {member: value for member, value in customer.items() if value},
              "serviceType": "repair", "problem": shortened(f"{subject}\n\n{text}"),
              "relatedWorkOrder": order and order.group(), "attachments": files, "language": "zh-Hans" if chinese else "en"}
    said = more(address.lower(), shortened(text) or subject or None, files)
    if order:
        said["workOrderNumber"] = order.group()
    references = f"{mail.get('References', '')} {mail.get('In-Reply-To', '')}"
    return Heard(id, {member: value for member, value in report.items() if value}, said,
                 request and request.group(), NAME.findall(references)[::-1])


def shortened(text: str) -> str:
    """Its end too: there stand the attachments that are missing."""
    text = text.strip()
    return text if len(text) <= MOST_PROBLEM else f"{text[:MOST_PROBLEM - 1_203]}\n…\n{text[-1_200:]}"


def say(heard: Heard, channel: Channel) -> None:
    after = channel.reported_as(heard.request) if heard.request else None
    after = after or next(filter(channel.knows, heard.answers), None)
    if "workOrderNumber" in heard.more or after or heard.request:
        # What somebody else says about an order, or about one that we cannot find, is no work order either: without a service
        # type it waits for an agent.
        report = {member: value for member, value in heard.report.items() if member != "serviceType"}
        channel.say_more(heard.id, heard.more, report, None if "workOrderNumber" in heard.more else after)
    else:
        channel.say(heard.id, heard.report)


def put_aside(server: imaplib.IMAP4, number: bytes) -> bool:
    """Copies a mail to where a person looks for what could not be read."""
    server.create(FAILED)  # Refused where it is there already.
    return server.copy(number, FAILED)[0] == "OK"


def poll(server: imaplib.IMAP4, channel: Channel, door: Door | None) -> int:
    """Takes what is unread; how many mails that were."""
    server.select("INBOX")
    numbers = server.search(None, "UNSEEN")[1][0].split()
    for number in numbers:
        # Looked at without being marked as read: that is done when it is on our disk.
        fetched = server.fetch(number, "(BODY.PEEK[])")[1][0]
        if not isinstance(fetched, tuple):
            continue  # Somebody has removed it.
        raw = fetched[1]
        try:
            heard = read(raw, door)
        except OSError as error:
            log.warning("a mail waits for the door: %r", error)
            continue
        except Exception as error:  # Whatever a mail may do to its reader, the next one is read.
            log.error("mail %s could not be read, see the folder %s: %s",
                      hashlib.sha256(raw).hexdigest(), FAILED, type(error).__name__)
            if not put_aside(server, number):
                continue
        else:
            if heard:
                say(heard, channel)
        server.store(number, "+FLAGS", "\\Seen")
    return len(numbers)


def run(options, channel: Channel) -> None:
    door = Door(url) if (url := os.environ.get("MENDLOOP_DOOR_URL")) else None
    while True:
        try:
            connect = imaplib.IMAP4 if options.plain else imaplib.IMAP4_SSL
            with connect(options.server, options.port) as server:
                server.login(options.user, os.environ["MENDLOOP_IMAP_PASSWORD"])
                while True:
                    poll(server, channel, door)
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
    parser.add_argument("--spool", default="email.sqlite")
    options = parser.parse_args()
    print("reading mail", flush=True)
    run(options, Channel(os.environ["MENDLOOP_AMQP_URL"], "email", options.spool).start())
