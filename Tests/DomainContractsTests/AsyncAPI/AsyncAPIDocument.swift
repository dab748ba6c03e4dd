import DomainContracts

/// docs/asyncapi.yaml, made from the message catalogue, the contracts' sources and the golden examples.
struct AsyncAPIDocument {
    let schemas: Schemas

    func rendered() throws -> String {
        """
        # Made from Shared/DomainContracts and Tests/DomainContractsTests/Golden; a test holds it equal to them.
        # Write it anew: MENDLOOP_WRITE_ASYNCAPI=1 swift test --filter AsyncAPITests

        """
            + YAML.map([
                ("asyncapi", .text("3.0.0")), ("info", info), ("defaultContentType", .text(Self.contentType)),
                ("servers", servers), ("channels", channels), ("operations", operations),
                ("components", try components()),
            ]).rendered
    }

    static let description =
        "What crosses a process boundary of Mendloop: commands, events, queries and their answers, as CloudEvents 1.0 "
        + "over AMQP 0-9-1. Within a version changes are additive: unknown members are to be ignored, an absent member "
        + "means null, an absent list is empty, enumerations are open. docs/adapters.md shows how to begin."

    private static let contentType = "application/cloudevents+json"

    private var info: YAML {
        .map([
            ("title", .text("Mendloop")), ("version", .text("1.0.0")),
            ("description", .text(Self.description)),
            ("license", .map([("name", .text("Apache-2.0"))])),
        ])
    }

    private var servers: YAML {
        .map([
            (
                "broker",
                .map([
                    ("host", .text("{host}:{port}")), ("protocol", .text("amqp")),
                    ("protocolVersion", .text("0-9-1")), ("pathname", .text("/{vhost}")),
                    ("description", .text("RabbitMQ 3.10 or later; `./mendloop env` prints the whole address.")),
                    (
                        "variables",
                        .map([
                            ("host", .map([("default", .text("127.0.0.1"))])),
                            ("port", .map([("default", .text("5672"))])),
                            ("vhost", .map([("default", .text("mendloop"))])),
                        ])
                    ),
                    (
                        "security",
                        .list([
                            .map([
                                ("type", .text("userPassword")),
                                ("description", .text("One broker user for each adapter and consumer.")),
                            ])
                        ])
                    ),
                ])
            )
        ])
    }

    // MARK: Channels

    private var channels: YAML {
        .map(
            WireMessage.commands.map { ($0.key, channel($0, exchange: "mendloop.commands")) }
                + WireMessage.events.map { ($0.key, channel($0, exchange: "mendloop.events")) }
                + WireMessage.queries.map { ($0.key, channel($0, exchange: "mendloop.queries")) }
                + WireMessage.operations.map {
                    ($0.key, channel($0, exchange: $0.isCommand ? "mendloop.commands" : "mendloop.queries"))
                }
                + replyChannels + [("billing-log", billingLog)])
    }

    private func channel(_ message: WireMessage, exchange: String) -> YAML {
        let address = message.address ?? ""
        var parameters: [YAML.Member] = []
        if address.contains("{channel}") {
            parameters.append(
                ("channel", .map([("description", .text("The adapter's channel, `wechat` for instance."))])))
        }
        if address.contains("{status}") {
            parameters.append(
                ("status", .map([("description", .text("The new status, `awaiting_confirmation` for instance."))])))
        }
        if address.contains("{service}") {
            parameters.append(("service", .map([("enum", .texts(ServiceName.allCases.map(\.rawValue)))])))
        }
        return .map(
            [("address", .text(address)), ("messages", messages([message.example]))]
                + (parameters.isEmpty ? [] : [("parameters", .map(parameters))])
                + [("bindings", Self.exchange(exchange))])
    }

    /// Answers go to the queue the asker named, so their channels have no address of their own.
    private var replyChannels: [YAML.Member] {
        (WireMessage.commands + WireMessage.queries + WireMessage.operations).map { message in
            (
                Self.replyChannel(message),
                .map([("address", .json("null")), ("messages", messages(message.answers))])
            )
        }
    }

    private var billingLog: YAML {
        let events = WireMessage.events.filter { $0.address?.hasPrefix("billing.") == true }.map(\.example)
        return .map([
            ("address", .text("mendloop.billing.log")),
            ("description", .text("Stream of all of billing's events, for whoever keeps books of his own.")),
            ("messages", messages(events)),
            (
                "bindings",
                .map([
                    (
                        "amqp",
                        .map([
                            ("is", .text("queue")),
                            (
                                "queue",
                                .map([
                                    ("name", .text("mendloop.billing.log")), ("durable", .flag(true)),
                                    ("exclusive", .flag(false)), ("autoDelete", .flag(false)),
                                ])
                            ), ("bindingVersion", .text("0.3.0")),
                        ])
                    )
                ])
            ),
        ])
    }

    private static func exchange(_ name: String) -> YAML {
        .map([
            (
                "amqp",
                .map([
                    ("is", .text("routingKey")),
                    (
                        "exchange",
                        .map([
                            ("name", .text(name)), ("type", .text("topic")), ("durable", .flag(true)),
                            ("autoDelete", .flag(false)),
                        ])
                    ), ("bindingVersion", .text("0.3.0")),
                ])
            )
        ])
    }

    private static func replyChannel(_ message: WireMessage) -> String { "answer-to." + message.key }

    private func messages(_ examples: [GoldenExample]) -> YAML {
        .map(examples.map { ($0.type, .ref("#/components/messages/\(WireMessage.key($0))")) })
    }

    // MARK: Operations

    /// From Mendloop's point of view: it receives commands and queries, and sends events.
    private var operations: YAML {
        .map(
            (WireMessage.commands + WireMessage.queries + WireMessage.operations).map { ($0.key, receiving($0)) }
                + WireMessage.events.map { ($0.key, sending($0)) })
    }

    private func receiving(_ message: WireMessage) -> YAML {
        let replies = Self.replyChannel(message)
        return .map([
            ("action", .text("receive")), ("channel", .ref("#/channels/\(message.key)")),
            ("messages", .list([.ref("#/channels/\(message.key)/messages/\(message.example.type)")])),
            (
                "reply",
                .map([
                    ("address", .map([("location", .text("$message.header#/reply_to"))])),
                    ("channel", .ref("#/channels/\(replies)")),
                    ("messages", .list(message.answers.map { .ref("#/channels/\(replies)/messages/\($0.type)") })),
                ])
            ),
        ])
    }

    private func sending(_ message: WireMessage) -> YAML {
        .map([
            ("action", .text("send")), ("channel", .ref("#/channels/\(message.key)")),
            ("messages", .list([.ref("#/channels/\(message.key)/messages/\(message.example.type)")])),
        ])
    }

    // MARK: Components

    private func components() throws -> YAML {
        .map([
            ("messages", .map(try GoldenExample.all.map { (WireMessage.key($0), try message($0)) })),
            (
                "schemas",
                .map(
                    schemas.closure(of: ["Envelope"] + GoldenExample.all.map(\.data)).map {
                        ($0, schemas.schema(of: $0))
                    })
            ),
            (
                "correlationIds",
                .map([("asker", .map([("location", .text("$message.header#/correlation_id"))]))])
            ),
        ])
    }

    private func message(_ example: GoldenExample) throws -> YAML {
        let doc = schemas.source.structures[example.data]?.doc
        return .map(
            [("name", .text(example.type)), ("contentType", .text(Self.contentType))]
                + (doc.map { [("summary", .text($0))] } ?? [])
                + (example.folder == .events ? [] : [("correlationId", .ref("#/components/correlationIds/asker"))])
                + [
                    (
                        "payload",
                        .map([
                            (
                                "allOf",
                                .list([
                                    .ref(Schemas.pointer("Envelope")),
                                    .map([
                                        ("type", .text("object")), ("required", .texts(["data"])),
                                        (
                                            "properties",
                                            .map([
                                                ("type", .map([("const", .text(example.type))])),
                                                ("data", .ref(Schemas.pointer(example.data))),
                                            ])
                                        ),
                                    ]),
                                ])
                            )
                        ])
                    ), ("examples", .list([.map([("payload", .json(try canonical(example.bytes())))])])),
                ])
    }
}
