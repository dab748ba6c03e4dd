import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import Feedback

@Suite("what becomes of a notification") struct DeliveryTests {
    private func told() throws -> (Desk, UUID) {
        var desk = Desk()
        try desk.meet()
        try desk.open()
        return (desk, try #require(desk.told.first?.notificationId))
    }

    @Test("the channel's own adapter confirms, repeats itself, and may try again what failed")
    func confirmed() throws {
        var (desk, id) = try told()
        let failed = ConfirmDelivery(notificationId: id, status: .failed, detail: "busy")
        let delivered = ConfirmDelivery(notificationId: id, status: .delivered)
        #expect(try desk.bench.send(failed, to: NoteDelivery(), channel: "wechat").status == "failed")
        #expect(desk.bench.timers.isEmpty)
        let first = try desk.bench.send(delivered, to: NoteDelivery(), channel: "wechat")
        #expect(try desk.bench.send(delivered, to: NoteDelivery(), channel: "wechat") == first)
        #expect(
            desk.refusal { try $0.bench.send(failed, to: NoteDelivery(), channel: "wechat") }?.code
                == "notification-delivered")
    }

    @Test("another channel's adapter may not confirm, nor a customer")
    func otherChannel() throws {
        var (desk, id) = try told()
        let delivered = ConfirmDelivery(notificationId: id, status: .delivered)
        #expect(
            desk.refusal { try $0.bench.send(delivered, to: NoteDelivery(), channel: "sms") }?.code == "forbidden")
        #expect(
            desk.refusal { try $0.bench.send(delivered, to: NoteDelivery(), by: ("customer", "c")) }?.code
                == "forbidden")
    }

    @Test("an unknown notification or status is refused")
    func unknown() throws {
        var (desk, id) = try told()
        let other = ConfirmDelivery(notificationId: desk.id("other"), status: .delivered)
        #expect(desk.refusal { try $0.bench.send(other, to: NoteDelivery(), channel: "wechat") }?.code == "not-found")
        let odd = ConfirmDelivery(notificationId: id, status: DeliveryStatus(rawValue: "lost"))
        #expect(
            desk.refusal { try $0.bench.send(odd, to: NoteDelivery(), channel: "wechat") }?.errors.map(\.pointer)
                == ["/data/status"])
    }

    @Test("without a word for 24 hours it is unconfirmed; a late word still counts")
    func unconfirmed() throws {
        var (desk, id) = try told()
        try desk.bench.fire(GiveUpOnConfirmation(), for: id)
        #expect(desk.bench.state(Feedback.Notification.self, id)?.status == .unconfirmed)
        let delivered = ConfirmDelivery(notificationId: id, status: .delivered)
        #expect(try desk.bench.send(delivered, to: NoteDelivery(), channel: "wechat").status == "delivered")
    }
}
