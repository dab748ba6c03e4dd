import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

/// `StrangerTests` has what strangers say of people.
@Suite("What strangers say of places and devices")
struct StrangePlaceTests {
    var intake = IntakeBench()

    @Test("changes no site that is known, and holds for that report's order alone")
    mutating func site() throws {
        var known = ReportRepair.full
        known.site?.accessNotes = "先联系门卫"
        let first = try intake.opened(known)
        let site = try #require(self.site(of: first))
        #expect(site.accessNotes == "先联系门卫")
        let second = try intake.opened(Self.strange, id: "r-2")
        #expect(second.customerId == first.customerId && second.siteId == first.siteId)
        var unchanged = site
        unchanged.latestWorkOrderIds = [first.id, second.id]
        #expect(self.site(of: second) == unchanged)
        // Whoever goes, goes where this report says.
        #expect(second.brief.regionCode == "310101" && second.brief.location == Self.elsewhere)
        #expect(try intake.order(first.id).brief.regionCode == "110105")
        let request = try #require(intake.bench.state(ServiceRequest.self, second.requestId))
        #expect(request.isPlaceVouchedFor == false && request.report.site?.accessNotes == "钥匙在小卖部")
        let shown = unchanged.reported(beside: request.report.site)
        #expect(shown.accessNotes == "先联系门卫\n钥匙在小卖部" && shown.regionCode == "110105")
        #expect(shown.location == Self.elsewhere && unchanged.reported(beside: nil) == unchanged.reported)
    }

    @Test("is taken from the customer himself, from one of us, and from an agent who completes a report with it")
    mutating func vouchedFor() throws {
        let first = try intake.opened()
        var own = ReportRepair.full
        own.site?.accessNotes = "密码 1234"
        _ = try intake.opened(own, id: "r-2")
        #expect(site(of: first)?.accessNotes == "密码 1234")
        var ours = Self.strange
        ours.channel = "phone"
        try intake.bench.send(
            ours, to: TakeReport(links: IntakeBench.links), by: ("user", "li"), channel: nil,
            source: "/adapters/phone", id: "r-3")
        #expect(site(of: first)?.accessNotes == "钥匙在小卖部")
        for (place, notes) in [(nil, "钥匙在小卖部"), (ReportedSite(address: "北京市朝阳区 1", accessNotes: "走后门"), "走后门")] {
            var thin = Self.strange
            thin.site?.accessNotes = "打 139"
            thin.problem = nil
            let taken = try intake.report(thin, id: "r-\(notes)")
            try intake.bench.send(
                CompleteRequest(requestId: taken.requestId, site: place, problem: "漏油"),
                to: CompleteIncompleteRequest(links: IntakeBench.links))
            #expect(site(of: first)?.accessNotes == notes)
        }
    }

    @Test("moves no device, and nobody's device moves to another customer's site")
    mutating func device() throws {
        let first = try intake.opened()
        let home = first.siteId
        var away = Self.strange
        away.site = ReportedSite(address: "上海市 9", regionCode: "310101")
        let second = try intake.opened(away, id: "r-2")
        #expect(second.deviceId == first.deviceId && second.siteId != home && second.siteId != nil)
        #expect(try intake.device(of: first).siteId == home)
        // Another customer, who is known to his channel, reports it at his own address.
        var other = ReportRepair.full
        other.customer = ReportedCustomer(name: "李强", phone: "13900139000", channelUserId: "li")
        other.device = nil
        other.site = ReportedSite(address: "上海市 9", regionCode: "310101")
        let his = try intake.opened(other, id: "r-3")
        other.device = ReportRepair.full.device
        let third = try intake.opened(other, id: "r-4")
        #expect(third.customerId == his.customerId && third.siteId == his.siteId)
        #expect(try intake.device(of: first).siteId == home)
        var without = ReportRepair.full
        without.site = nil
        #expect(try intake.opened(without, id: "r-5").siteId == home)
        // The customer himself may have moved.
        var moved = ReportRepair.full
        moved.site = ReportedSite(address: "北京市海淀区 2", regionCode: "110108")
        let fourth = try intake.opened(moved, id: "r-6")
        #expect(try intake.device(of: first).siteId == fourth.siteId)
    }

    @Test("a device that was moved to another customer's site before that was refused leads nobody there")
    mutating func movedBefore() throws {
        let first = try intake.opened()
        var other = ReportRepair.full
        other.customer = ReportedCustomer(name: "李强", phone: "13900139000", channelUserId: "li")
        (other.device, other.site) = (nil, ReportedSite(address: "上海市 9", regionCode: "310101"))
        let his = try intake.opened(other, id: "r-2")
        var device = try intake.device(of: first)
        device.siteId = his.siteId
        intake.bench.put(device, device.id)
        var without = ReportRepair.full
        without.site = nil
        #expect(try intake.opened(without, id: "r-3").siteId == first.siteId)
    }

    private func site(of order: WorkOrder) -> Site? { order.siteId.flatMap { intake.bench.state(Site.self, $0) } }

    private static let elsewhere = Coordinates(latitude: 31.2, longitude: 121.5, crs: .wgs84)

    /// A form that anybody fills in: with the customer's phone, his device and his address.
    private static var strange: ReportRepair {
        var report = ReportRepair.full
        (report.channel, report.customer) = ("web", ReportedCustomer(phone: "13800138000"))
        report.site = ReportedSite(
            address: "北京市朝阳区 1", regionCode: "310101", accessNotes: "钥匙在小卖部", location: elsewhere)
        return report
    }
}
