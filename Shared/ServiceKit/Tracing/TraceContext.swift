/// Where a message stands in its story, as the W3C `traceparent` says it: `00-<trace id>-<span id>-<flags>`. The trace
/// is the story's; each hop has a span of its own.
public struct TraceContext: Sendable, Hashable {
    /// 128 bits as 32 lowercase hexadecimal digits, never all zero.
    public let traceID: String
    /// 64 bits as 16 lowercase hexadecimal digits, never all zero.
    public let spanID: String
    /// Whether whoever began the story records it.
    public let isSampled: Bool

    /// Reads a `traceparent`; nil when it is none, in which case W3C has a receiver begin a new trace.
    ///
    /// A version higher than 00 is read as far as 00 goes, as the recommendation asks.
    public init?(traceparent: String) {
        let bytes = Array(traceparent.utf8)
        let dash = UInt8(ascii: "-")
        guard bytes.count >= 55, bytes[2] == dash, bytes[35] == dash, bytes[52] == dash,
            let version = Self.hex(bytes[0..<2]), version != "ff",
            let traceID = Self.hex(bytes[3..<35]), traceID.contains(where: { $0 != "0" }),
            let spanID = Self.hex(bytes[36..<52]), spanID.contains(where: { $0 != "0" }),
            let flags = Self.hex(bytes[53..<55]).flatMap({ UInt8($0, radix: 16) }),
            bytes.count == 55 || (version != "00" && bytes[55] == dash)
        else { return nil }
        self.traceID = traceID
        self.spanID = spanID
        isSampled = flags & 1 == 1
    }

    /// Begins a trace.
    public init(sampled: Bool = true, using random: inout some RandomNumberGenerator) {
        traceID = Self.digits(random.next()) + Self.nonZero(&random)
        spanID = Self.nonZero(&random)
        isSampled = sampled
    }

    /// Begins a trace with system randomness.
    public init(sampled: Bool = true) {
        var random = SystemRandomNumberGenerator()
        self.init(sampled: sampled, using: &random)
    }

    private init(traceID: String, spanID: String, isSampled: Bool) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
    }

    /// The next hop of the same story: same trace, a span of its own.
    public func child(using random: inout some RandomNumberGenerator) -> TraceContext {
        TraceContext(traceID: traceID, spanID: Self.nonZero(&random), isSampled: isSampled)
    }

    /// The next hop of the same story, with system randomness.
    public func child() -> TraceContext {
        var random = SystemRandomNumberGenerator()
        return child(using: &random)
    }

    /// The header's value, in version 00.
    public var traceparent: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

    /// The digits if all of them are lowercase hexadecimal.
    private static func hex(_ bytes: ArraySlice<UInt8>) -> String? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let letters = UInt8(ascii: "a")...UInt8(ascii: "f")
        guard bytes.allSatisfy({ digits.contains($0) || letters.contains($0) }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digits(_ bits: UInt64) -> String {
        let text = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    private static func nonZero(_ random: inout some RandomNumberGenerator) -> String {
        digits(UInt64.random(in: 1...UInt64.max, using: &random))
    }
}
