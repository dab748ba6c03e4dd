import Testing

@testable import ServiceKit

@Suite("Trace context")
struct TraceContextTests {
    private let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test("a traceparent is read and written unchanged")
    func roundTrip() throws {
        let context = try #require(TraceContext(traceparent: parent))
        #expect(context.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(context.spanID == "00f067aa0ba902b7")
        #expect(context.isSampled)
        #expect(context.traceparent == parent)
        #expect(TraceContext(traceparent: String(parent.dropLast()) + "2")?.isSampled == false)
    }

    @Test("a child keeps the trace and the sampling and has a span of its own")
    func child() throws {
        let context = try #require(TraceContext(traceparent: parent))
        let child = context.child()
        #expect(child.traceID == context.traceID && child.isSampled)
        #expect(child.spanID != context.spanID)
        #expect(TraceContext(traceparent: child.traceparent) == child)
    }

    @Test("a new trace is valid, and repeatable with a seeded source")
    func new() {
        var (first, second) = (SplitMix64(state: 7), SplitMix64(state: 7))
        let context = TraceContext(using: &first)
        #expect(TraceContext(traceparent: context.traceparent) == context)
        #expect(context == TraceContext(using: &second))
    }

    @Test("a later version is read as far as version 00 goes")
    func laterVersion() {
        #expect(TraceContext(traceparent: "cc" + parent.dropFirst(2) + "-more")?.traceparent == parent)
    }

    @Test(
        "what the recommendation forbids is not read",
        arguments: [
            "", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more",
            "00-4bf92f3577b34da6a3ce929d0e0e473é-00f067aa0ba902b7-01",
        ])
    func invalid(text: String) {
        #expect(TraceContext(traceparent: text) == nil)
    }
}
