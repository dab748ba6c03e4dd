import FoundationEssentials

/// The CloudEvents 1.0 attributes that Mendloop uses; docs/asyncapi.yaml says what each means on the wire.
public struct Envelope: Codable, Sendable, Equatable {
    public var specversion: String = "1.0"
    /// Unique per `source`: the two together are the dedupe key.
    public var id: String
    public var source: String
    public var type: String
    /// The aggregate, `work-order/<uuid>`; commands may leave it out.
    public var subject: String?
    /// When it was said.
    public var time: Date?
    public var datacontenttype: String? = "application/json"
    /// The aggregate's version after this event, zero-padded to 19 digits.
    public var sequence: String?
    /// The work order's id, on every message of its story.
    public var partitionkey: String?
    public var correlationid: String?
    public var causationid: String?
    /// Who acts: `user`, `engineer`, `customer`, `adapter`, `service`.
    public var authtype: String?
    public var authid: String?
    /// W3C trace context of the story's start.
    public var traceparent: String?

    public init(
        id: String, source: String, type: String, subject: String? = nil, time: Date? = nil, sequence: Int? = nil,
        partitionkey: String? = nil, correlationid: String? = nil, causationid: String? = nil,
        authtype: String? = nil, authid: String? = nil, traceparent: String? = nil
    ) {
        self.id = id
        self.source = source
        self.type = type
        self.subject = subject
        self.time = time
        self.sequence = sequence.map(Envelope.padded)
        self.partitionkey = partitionkey
        self.correlationid = correlationid
        self.causationid = causationid
        self.authtype = authtype
        self.authid = authid
        self.traceparent = traceparent
    }

    /// Nineteen digits, so that text order is number order.
    public static func padded(_ sequence: Int) -> String {
        let digits = String(sequence)
        return String(repeating: "0", count: max(0, 19 - digits.count)) + digits
    }

    /// The aggregate's version that the event left; 0 when it says none.
    public var sequenceNumber: Int { sequence.flatMap { Int($0) } ?? 0 }
}

/// An envelope together with its data, as structured JSON holds them.
public struct CloudEvent<Data: Codable & Sendable>: Codable, Sendable {
    public var envelope: Envelope
    public var data: Data

    private enum CodingKeys: String, CodingKey { case data }

    public init(_ envelope: Envelope, _ data: Data) {
        self.envelope = envelope
        self.data = data
    }

    public init(from decoder: any Decoder) throws {
        envelope = try Envelope(from: decoder)
        data = try decoder.container(keyedBy: CodingKeys.self).decode(Data.self, forKey: .data)
    }

    public func encode(to encoder: any Encoder) throws {
        try envelope.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(data, forKey: .data)
    }
}

extension CloudEvent: Equatable where Data: Equatable {}
