"""Exchanges, as JSON, become a file of flows that mitmproxy reads: write-flows.py FROM TO."""
import json
import sys

from mitmproxy import connection, http, io


def to_flow(exchange):
    at = exchange["at"]
    sent, answered = exchange["sent"], exchange["answered"]
    request = http.Request.make(exchange["method"], exchange["url"], sent["text"], headers_of(sent))
    response = http.Response.make(exchange["status"], answered["text"], headers_of(answered))
    request.timestamp_start = request.timestamp_end = at
    response.timestamp_start = response.timestamp_end = at + 0.02
    client = connection.Client(("127.0.0.1", 40000), ("127.0.0.1", 8080), at)
    server = connection.Server((request.host, request.port))
    flow = http.HTTPFlow(client, server)
    flow.request, flow.response = request, response
    return flow


def headers_of(message):
    return [(name.encode(), value.encode()) for name, value in message["headers"]]


source, target = sys.argv[1:]
with open(source) as exchanges, open(target, "wb") as flows:
    writer = io.FlowWriter(flows)
    for exchange in json.load(exchanges):
        writer.add(to_flow(exchange))
