#!/usr/bin/env python3
"""A WeChat official account's messages as repair reports.

    MENDLOOP_AMQP_URL=amqp://… MENDLOOP_WECHAT_TOKEN=… ./wechat.py --port 8089 --spool wechat.sqlite

WeChat sends a message again, up to three times within seconds, until it hears an answer within five seconds; after that it is
gone. So the message is on our disk before it is answered, and its MsgId names it: however often it comes, it is one. What a
person writes within a day of his last word belongs to the same request, as a message to it; what begins with 新报修 is another
report. Pictures are fetched after the answer, and kept by the door at MENDLOOP_DOOR_URL; without a door the person is told
that none are taken. Speaks the binary form of CloudEvents."""
import argparse
import hashlib
import hmac
import os
import time
import urllib.parse
import xml.etree.ElementTree as ElementTree
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from mendloop_channel import ID, Channel, Door, more
from mendloop_words import said
from wechat_pictures import Pictures

MOST_BYTES = 64 * 1024
PATIENCE = 3.0
ANEW = "新报修"
UNREADABLE = "暂时收不到这类消息，请用文字说明故障。"
NO_PICTURES = "暂时收不到图片，请用文字说明故障。"


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


def text(message: dict[str, str]) -> str | None:
    """A text or voice message in words."""
    return (message.get("Content") or message.get("Recognition") or "").removeprefix(ANEW).strip(" ，,：:。\n") or None


def place(message: dict[str, str]) -> dict | None:
    """A location that was sent, by the coordinates that maps in China use; the longitude is WeChat's Y."""
    try:
        latitude, longitude = float(message["Location_X"]), float(message["Location_Y"])
    except (KeyError, ValueError):
        return None
    if message.get("MsgType") != "location" or not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    site = {"location": {"latitude": latitude, "longitude": longitude, "crs": "gcj02"}, "address": message.get("Label", "")[:500]}
    return {name: value for name, value in site.items() if value}


def report(message: dict[str, str], files: list[dict] | tuple = ()) -> dict:
    """What a message says, as Mendloop takes it when it begins something."""
    data = {"externalId": message["MsgId"], "customer": {"channelUserId": message["FromUserName"]},
            "serviceType": "repair", "problem": text(message), "site": place(message), "attachments": files,
            "language": "zh-Hans"}
    return {name: value for name, value in data.items() if value}


def addition(message: dict[str, str], files: list[dict] | tuple = ()) -> dict:
    """The same as a message to a request there is."""
    words, where = text(message), place(message)
    if where:
        position = where["location"]
        words = f"位置：{where.get('address', '')}（{position['latitude']}, {position['longitude']}）"
    if not words and not files:
        words = "（图片，未能接收）" if message.get("MsgType") == "image" else "（语音，未能识别）"
    return more(message["FromUserName"], words, files)


def answer(message: dict[str, str], text: str) -> bytes:
    reply = ElementTree.Element("xml")
    for tag, value in [("ToUserName", message["FromUserName"]), ("FromUserName", message["ToUserName"]),
                       ("CreateTime", str(int(time.time()))), ("MsgType", "text"), ("Content", text)]:
        ElementTree.SubElement(reply, tag).text = value
    return ElementTree.tostring(reply, encoding="utf-8")


class Desk:
    """Where messages go: to the request of the conversation that they belong to."""

    def __init__(self, channel: Channel, pictures: Pictures | None, together: timedelta):
        self.channel, self.pictures, self.together = channel, pictures, together

    def take(self, heard: dict[str, str]) -> str | None:
        """What to tell the person; None where nothing is to be said."""
        if heard.get("MsgType", "event") == "event" or not (
                ID.fullmatch(heard.get("MsgId", "")) and heard.get("FromUserName") and heard.get("ToUserName")):
            return None  # Who subscribes reports nothing.
        if heard["MsgType"] == "image" and self.pictures:
            self.pictures.keep(heard)
        elif heard["MsgType"] in ("text", "voice") or place(heard):
            self.pass_on(heard, [], datetime.now(timezone.utc))
        else:
            return NO_PICTURES if heard["MsgType"] == "image" else UNREADABLE
        came = self.channel.answer(heard["MsgId"], PATIENCE)
        other = f"如是另一处故障，请以“{ANEW}”开头发送。" if came and "messages" in came else ""
        return said(came, "zh-Hans") + other

    def pass_on(self, heard: dict[str, str], files: list[dict], heard_at: datetime) -> None:
        id, person = heard["MsgId"], heard["FromUserName"]
        if heard.get("Content", "").startswith(ANEW):
            self.channel.say(id, report(heard), person=person)
        else:
            self.channel.say_more(id, addition(heard, files), report(heard, files), person=person,
                                  since=heard_at - self.together)


class Handler(BaseHTTPRequestHandler):
    desk: Desk
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
        text = self.desk.take(heard)
        # What is not answered would come again.
        self.reply(200, *((answer(heard, text), "application/xml; charset=utf-8") if text else (b"success",)))

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
    parser.add_argument("--together", type=float, default=24, help="hours after his last word in which a person speaks of the same")
    parser.add_argument("--picture-host", default="qpic.cn", help="pictures come from this host and those below it")
    options = parser.parse_args()
    Handler.token = os.environ["MENDLOOP_WECHAT_TOKEN"]
    channel = Channel(os.environ["MENDLOOP_AMQP_URL"], "wechat", options.spool, binary=True).start()
    Handler.desk = Desk(channel, None, timedelta(hours=options.together))
    if door := os.environ.get("MENDLOOP_DOOR_URL"):
        Handler.desk.pictures = Pictures(options.spool, Door(door), options.picture_host, Handler.desk.pass_on).start()
    server = ThreadingHTTPServer((options.host, options.port), Handler)
    print(f"http://{options.host}:{server.server_port}/", flush=True)
    server.serve_forever()
