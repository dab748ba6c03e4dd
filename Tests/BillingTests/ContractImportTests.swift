import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Billing

@Suite("Importing contracts")
struct ContractImportTests {
    @Test("each row is taken for itself, a known number keeps its contract, and the same rows again change nothing")
    func rows() throws {
        var counter = Counter()
        let sold = contract("K-1", UUID(), counter)
        try counter.bench.send(sold, to: WriteContract(policy: counter.policy))
        var renewed = contract("K-1", UUID(), counter)
        renewed.endsOn += 86_400
        var wrong = contract("K-3", UUID(), counter)
        wrong.visitQuota = 0
        let rows = [renewed, contract("K-2", UUID(), counter), wrong].enumerated().map {
            ContractRow(line: $0.offset + 2, contract: $0.element)
        }
        let tried = try counter.bench.send(
            ImportContracts(dryRun: true, rows: rows), to: ImportContractRows(policy: counter.policy))
        #expect(counter.bench.all(ContractChanged.self).count == 1)
        let done = try counter.bench.send(
            ImportContracts(dryRun: false, rows: rows), to: ImportContractRows(policy: counter.policy))
        #expect(done == tried)
        #expect(done.verdicts.map(\.outcome) == [.updated, .created, .invalid])
        #expect(done.verdicts.last?.errors.map(\.pointer) == ["/visitQuota"])
        #expect(counter.bench.all(ContractChanged.self).map(\.contractNumber) == ["K-1", "K-1", "K-2"])
        #expect(counter.bench.all(ContractChanged.self)[1].contractId == sold.contractId)
        let again = try counter.bench.send(
            ImportContracts(dryRun: false, rows: rows), to: ImportContractRows(policy: counter.policy))
        #expect(again.verdicts.map(\.outcome) == [.unchanged, .unchanged, .invalid])
        #expect(counter.bench.all(ContractChanged.self).count == 3)
    }

    @Test("two contracts have not one number")
    func number() throws {
        var counter = Counter()
        try counter.bench.send(contract("K-1", UUID(), counter), to: WriteContract(policy: counter.policy))
        let refused = #expect(throws: Refusal.self) {
            try counter.bench.send(contract("K-1", UUID(), counter), to: WriteContract(policy: counter.policy))
        }
        #expect(refused?.problem.code == "number-taken")
    }

    @Test("a contract that has another wording since is not overwritten by who has not seen that")
    func outdated() throws {
        var counter = Counter()
        var sold = contract("K-1", UUID(), counter)
        sold.expectedVersion = 0
        let first = try counter.bench.send(sold, to: WriteContract(policy: counter.policy))
        sold.price.amount += 1
        for seen in [0, first.version + 1] {
            sold.expectedVersion = seen
            let refused = #expect(throws: Refusal.self) {
                try counter.bench.send(sold, to: WriteContract(policy: counter.policy))
            }
            #expect(refused?.problem.code == RegisterContract.outdatedCode)
        }
        sold.expectedVersion = first.version
        #expect(try counter.bench.send(sold, to: WriteContract(policy: counter.policy)).version == first.version + 1)
    }

    @Test("a contract is shown by id or number as it was registered, with its version")
    func shown() async throws {
        let service = try await RunningService.start(
            try BillingApp.definition(
                policy: BillingPolicy(),
                door: CustomerDoor(links: LinkSigner(secret: String(repeating: "s", count: 32))), clock: .real))
        let client = try service.client()
        var sold = contract("维保-1", UUID(), Counter())
        sold.endsOn = Date(timeIntervalSince1970: 4_000_000_000)
        let first = try await client.ask(sold)
        sold.price.amount += 1
        sold.expectedVersion = first.version
        let second = try await client.ask(sold)
        sold.expectedVersion = nil
        let expected = ContractAnswer(found: true, version: second.version, contract: sold, status: .active)
        for query in [ContractQuery(contractId: sold.contractId), ContractQuery(contractNumber: "维保-1")] {
            #expect(try await client.ask(query) == expected)
        }
        for query in [ContractQuery(), ContractQuery(contractId: UUID(), contractNumber: "维保-1")] {
            #expect(try await client.ask(query) == ContractAnswer(found: false))
        }
        await client.close()
        await service.stop()
    }

    @Test("contracts of before numbers were kept are found by them")
    func upgrade() async throws {
        let definition = try BillingApp.definition(
            policy: BillingPolicy(),
            door: CustomerDoor(links: LinkSigner(secret: String(repeating: "s", count: 32))), clock: .real)
        let site = try await TestSite.fresh(definition)
        let numbers = (0..<20).map { "维保-\($0)" }
        for number in numbers {
            _ = try await site.pool.execute(
                """
                INSERT INTO contract (id, version, state) VALUES (gen_random_uuid(), 1, jsonb_build_object(
                    'contractNumber', \(number)::text, 'customerNumber', 'C-1', 'status', 'active',
                    'contractId', '6d656e64-6c6f-8f70-a969-000000000025'))
                """)
        }
        let migration = try #require(definition.migrations.last { $0.name == "contract_numbers" })
        let script = String(decoding: migration.sql, as: UTF8.self)
        let backfill = String(script[try #require(script.range(of: "INSERT INTO")).lowerBound...])
        _ = try await site.pool.execute("\(unsafe: backfill)")
        let rows = try await site.pool.query("SELECT id FROM contract_number")
        #expect(Set(try rows.map { try $0.get("id", as: UUID.self) }) == Set(numbers.map(BillingID.contractNumber)))
    }

    private func contract(_ number: String, _ id: UUID, _ counter: Counter) -> RegisterContract {
        RegisterContract(
            contractId: id, contractNumber: number, contractType: .maintenance, customerNumber: "C-1",
            responseLevel: .nextDay, cover: Counter.everything, startsOn: counter.bench.now,
            endsOn: counter.bench.now + 86_400, price: Money(100, "CNY"), visitQuota: 4)
    }
}
