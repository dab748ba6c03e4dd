import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Billing

@Suite("What stands where in the books")
struct BooksTests {
    @Test("an order that was reinstated owes what it costs, though a deposit went back before")
    func refundedOnce() throws {
        var counter = try SettlementTests.accepted()
        try counter.pay(5_000)
        try counter.close(.cancelled)
        #expect(counter.settlement?.payment == .refunded)
        counter.bench.now += 3_600
        try counter.end()
        try counter.confirm()
        #expect(counter.settlement?.payment == .unpaid && counter.settlement?.balance.amount == 17_000)
        try counter.pay(17_000)
        #expect(counter.settlement?.payment == .paid)
    }
}
