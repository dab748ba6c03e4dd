#!/usr/bin/env python3
"""A WeChat official account's messages as repair reports.

    MENDLOOP_AMQP_URL=amqp://… MENDLOOP_WECHAT_TOKEN=… ./wechat.py --port 8089 --spool wechat.sqlite

WeChat sends a message again, up to three times within seconds, until it hears an answer within five seconds; after that it is
gone. So the message is on our disk before it is answered, and its MsgId names the report: however often it comes, it is
one. Messages of one person within a few minutes belong together only to people; each is a report of its own, and intake shows
which are probably about one fault. Speaks the binary form of CloudEvents."""
import argparse
import hashlib
import hmac
import os
import time
import urllib.parse
import xml.etree.ElementTree as ElementTree
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from mendloop_channel import Channel
from mendloop_words import said

MOST_BYTES = 64 * 1024
PATIENCE = 3.0


def is_genuine(query: dict[str, list[str]], token: str) -> bool:
    """WeChat signs each request with the token that the account's owner chose."""
    def one(name): return query.get(name, [""])[0]
    expected = hashlib.sha1("".join(sorted([token, one("timestamp"), one("nonce")])).encode()).hexdigest()
    return hmac.compare_digest(expected, one("signature"))


def message(body: bytes) -> dict[str, str]:
    """The members of a message; empty when it is none. Entities are refused: they could be made to grow without end."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        return {}
    try:
        return {child.tag: child.text or "" for child in ElementTree.fromstring(body)}
    except ElementTree.ParseError:
        return {}


def report(message: dict[str, str]) -> dict:
    """What a text or voice message says, as Mendloop takes it."""
    text = message.get("Content") or message.get("Recognition") or None
    data = {"externalId": message["MsgId"], "customer": {"channelUserId": message["FromUserName"]},
            "serviceType": "repair", "problem": text, "language": "zh-Hans"}
    return {name: value for name, value in data.items() if value}


def answer(message: dict[str, str], text: str) -> bytes:
    reply = ElementTree.Element("xml")
    for tag, value in [("ToUserName", message["FromUserName"]), ("FromUserName", message["ToUserName"]),
                       ("CreateTime", str(int(time.time()))), ("MsgType", "text"), ("Content", text)]:
        ElementTree.SubElement(reply, tag).text = value
    return ElementTree.tostring(reply, encoding="utf-8")


class Handler(BaseHTTPRequestHandler):
    channel: Channel
    token: str
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """How WeChat asks whether this address is the account's."""
        query = self.query()
        if not is_genuine(query, self.token):
            return self.reply(403, b"")
        self.reply(200, query.get("echostr", [""])[0].encode())

    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MOST_BYTES:
            self.close_connection = True
            return self.reply(413, b"")
        body = self.rfile.read(int(length))
        if not is_genuine(self.query(), self.token):
            return self.reply(403, b"")
        heard = message(body)
        if heard.get("MsgType") not in ("text", "voice") or not all(
                heard.get(member) for member in ("MsgId", "FromUserName", "ToUserName")):
            # Subscriptions and pictures are no reports; what is not answered would come again.
            return self.reply(200, b"success")
        self.channel.say(heard["MsgId"], report(heard))
        text = said(self.channel.answer(heard["MsgId"], PATIENCE), "zh-Hans")
        self.reply(200, answer(heard, text), "application/xml; charset=utf-8")

    def query(self) -> dict[str, list[str]]:
        return urllib.parse.parse_qs(urllib.parse.urlparse(self.path).query)

    def reply(self, status: int, body: bytes, kind: str = "text/plain; charset=utf-8"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Signatures and open ids are nobody else's."""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8089)
    parser.add_argument("--spool", default="wechat.sqlite")
    options = parser.parse_args()
    Handler.token = os.environ["MENDLOOP_WECHAT_TOKEN"]
    Handler.channel = Channel(os.environ["MENDLOOP_AMQP_URL"], "wechat", options.spool, binary=True).start()
    server = ThreadingHTTPServer((options.host, options.port), Handler)
    print(f"http://{options.host}:{server.server_port}/", flush=True)
    server.serve_forever()
