import Benchmarking
import Testing

@Suite("Counting handled messages")
struct MessageCounterTests {
    @Test("messages are summed over their types, and timers are no messages")
    func sum() {
        let text = """
            # TYPE mendloop_messaging_consumed_messages_total counter
            mendloop_messaging_consumed_messages_total{service="intake",type="mendloop.intake.report-repair.v1"} 12
            mendloop_messaging_consumed_messages_total{service="intake",type="mendloop.dispatch.assignment-offered.v1"} 30
            mendloop_messaging_consumed_messages_total{service="intake",type="mendloop.intake.timer-sla-clock.v1"} 5
            mendloop_messaging_published_messages_total{service="intake",type="mendloop.intake.work-order-opened.v1"} 9
            """
        #expect(MessageCounter.handled(text) == 42)
        #expect(MessageCounter.sum(of: "mendloop_messaging_published_messages_total", text) == 9)
        #expect(MessageCounter.sum(of: "mendloop_messaging_published", text) == 0)
    }
}
