import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import Intake

@Suite("Reading what is registered, on real servers")
struct RegisteredReadingTests {
    private func id(_ answer: Acknowledgement) throws -> UUID {
        try #require(answer.subject.split(separator: "/").last.flatMap { UUID(uuidString: String($0)) })
    }

    @Test("each thing is shown as its command would say it, with the version that the command may expect")
    func versions() async throws {
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        let made = try await client.ask(
            RegisterCustomer(
                customerNumber: "C-1", name: "王敏", kind: .person, phone: "13800138000",
                site: ReportedSite(address: "朝阳区 1")))
        let shown = try await client.ask(CustomerQuery(customerNumber: " C-1"))
        #expect(shown.found && shown.version == made.version && shown.mergedInto == nil)
        #expect(
            shown.customer
                == RegisterCustomer(
                    customerId: try id(made), customerNumber: "C-1", name: "王敏", kind: .person, phone: "+8613800138000",
                    language: "zh-Hans"))
        // Said again as it was shown it is the same.
        var again = try #require(shown.customer)
        again.expectedVersion = shown.version
        #expect(try await client.ask(again).status == "unchanged")
        again.phone = "13900139000"
        again.customerNumber = "C-2"
        let corrected = try await client.ask(again)
        #expect(corrected.status == "updated" && corrected.version != made.version)
        #expect(try await client.ask(CustomerQuery(customerNumber: "C-1")) == CustomerAnswer(found: false))
        let now = try await client.ask(CustomerQuery(customerId: try id(made)))
        #expect(now.version == corrected.version && now.customer?.phone == "+8613900139000")
        let problem = await #expect(throws: Problem.self) { try await client.ask(again) }
        #expect(problem?.code == "version-mismatch" && problem?.status == 409)

        let site = try await client.ask(RegisterSite(customerNumber: "C-2", name: "二号厂房", address: "大兴区 8"))
        let siteShown = try await client.ask(SiteQuery(siteId: try id(site)))
        #expect(siteShown.version == site.version && siteShown.site?.name == "二号厂房")
        #expect(try await client.ask(try #require(siteShown.site)).status == "unchanged")

        let gate = try await client.ask(RegisterContact(customerNumber: "C-2", name: "门卫", phone: "010-66550000转8"))
        let gateShown = try await client.ask(ContactQuery(contactId: try id(gate)))
        #expect(gateShown.version == gate.version && gateShown.contact?.extension == "8")
        #expect(try await client.ask(try #require(gateShown.contact)).status == "unchanged")
        // How the customer himself is reached is his.
        let own = ContactQuery(contactId: IntakeID.contact(of: try id(made)))
        #expect(try await client.ask(own) == ContactAnswer(found: false))

        let model = try await client.ask(RegisterProductModel(brand: "Acme", model: "KFR-35", warrantyMonths: 72))
        let modelShown = try await client.ask(ProductModelQuery(brand: "acme", model: "kfr-35"))
        #expect(modelShown.version == model.version && modelShown.productModel?.warrantyMonths == 72)
        #expect(try await client.ask(try #require(modelShown.productModel)).status == "unchanged")

        let device = try await client.ask(RegisterDevice(serialNumber: "AC-9", customerNumber: "C-2"))
        #expect(try await client.ask(DeviceQuery(serialNumber: "AC-9")).version == device.version)
        for query in [CustomerQuery(customerId: UUID()), CustomerQuery(customerNumber: "C-9")] {
            #expect(try await client.ask(query) == CustomerAnswer(found: false))
        }
        #expect(try await client.ask(SiteQuery(siteId: UUID())) == SiteAnswer(found: false))
        #expect(try await client.ask(ProductModelQuery(model: "KFR-35")) == ProductModelAnswer(found: false))
        await client.close()
        await service.stop()
    }

    @Test("a request shows the version that answering it may expect")
    func request() async throws {
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        var report = ReportRepair.full
        report.problem = nil
        let taken = try await client.ask(
            report, id: "r-1", source: "/adapters/wechat", channel: "wechat", actor: ("adapter", "wechat"))
        let shown = try await client.ask(RequestQuery(requestId: taken.requestId))
        #expect(shown.status == .incomplete && shown.version == taken.version)
        let spam = MarkAsSpam(requestId: taken.requestId, expectedVersion: shown.version.map { $0 + 1 })
        await #expect(throws: Problem.self) { try await client.ask(spam) }
        _ = try await client.ask(MarkAsSpam(requestId: taken.requestId, expectedVersion: shown.version))
        await client.close()
        await service.stop()
    }
}
