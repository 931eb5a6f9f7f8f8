"""Reads task events as a member of a consumer group: python consumer.py CLIENT.PROPERTIES [COUNT]

Needs confluent-kafka (pip install -r requirements.txt).
"""

import json
import sys

from confluent_kafka import Consumer


def client(path):
    """The settings of librdkafka that say what a file of Java's client properties says."""
    java = {}
    with open(path, encoding="latin-1") as file:
        for line in file:
            name, separator, value = line.strip().partition("=")
            if separator and not name.startswith("#"):
                java[name] = value
    return {
        "bootstrap.servers": java["bootstrap.servers"],
        "security.protocol": java.get("security.protocol", "PLAINTEXT"),
        "ssl.ca.location": java["ssl.truststore.location"],
        # One file holds the key and its certificate.
        "ssl.certificate.location": java["ssl.keystore.location"],
        "ssl.key.location": java["ssl.keystore.location"],
    }


def cloud_event(message):
    """A CloudEvent as a dict, whether it came in binary or in structured mode."""
    headers = {name: value.decode() for name, value in message.headers() or [] if value is not None}
    if headers.get("content-type", "").startswith("application/cloudevents+json"):
        return json.loads(message.value())
    event = {name[3:]: value for name, value in headers.items() if name.startswith("ce_")}
    event["data"] = json.loads(message.value()) if message.value() else None
    return event


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: consumer.py CLIENT.PROPERTIES [COUNT]")
    left = int(sys.argv[2]) if len(sys.argv) > 2 else None
    consumer = Consumer(
        client(sys.argv[1])
        | {
            "group.id": "example-python",
            "auto.offset.reset": "earliest",
            # Events of transactions that were given up are never seen.
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
        }
    )
    consumer.subscribe(["xebec.task-events"])
    try:
        while left is None or left > 0:
            message = consumer.poll(1.0)
            if message is None:
                continue
            if message.error():
                print(message.error(), file=sys.stderr)
                continue
            event = cloud_event(message)
            print(event["id"], event["type"], event.get("subject", ""), flush=True)
            # After the work: what was not finished comes again after a crash.
            consumer.commit(message, asynchronous=False)
            left = None if left is None else left - 1
    finally:
        consumer.close()


if __name__ == "__main__":
    main()
