#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A field of an AMQP table: a header, or an argument of a queue, exchange, binding or consumer. Every integer width of
/// the wire arrives as `int`, both float widths as `double`; a decimal arrives as `double` too. Dates have whole seconds.
public indirect enum AMQPValue: Sendable, Equatable {
    case string(String)
    case int(Int)
    case bool(Bool)
    case double(Double)
    case bytes([UInt8])
    case date(Date)
    case table([String: AMQPValue])
    case array([AMQPValue])
    case null

    /// The text, if it is a string.
    public var stringValue: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The number, if it is an integer.
    public var intValue: Int? {
        if case .int(let number) = self { number } else { nil }
    }
}

extension AMQPValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByFloatLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
}
