import DomainContracts
import Foundation
import ServiceKit

/// What must be there before anybody reports anything: engineers with shifts, stock in the depot, contracts.
struct TownSetup: Sendable {
    let world: World
    let crew: Crew
    let categories: [String]
    /// Pieces of each part in the depot at the beginning.
    let stock: Int

    func run() async throws {
        try await withThrowingTaskGroup { group in
            for (engineer, shift) in zip(crew.engineers, crew.shifts) {
                group.addTask {
                    try await world.client.require(engineer, as: .user("dispatcher"), story: nil)
                    try await world.client.require(shift, as: .user("dispatcher"), story: nil)
                }
            }
            let storekeeper = Storekeeper(world: world)
            for part in Set(categories).sorted().flatMap(PartsCatalog.stocked) {
                group.addTask { try await storekeeper.receive(part, stock, receipt: UUID.v7()) }
            }
            for number in 1...PlannedReport.contracts {
                group.addTask { try await world.client.require(contract(number), as: .user("sales"), story: nil) }
            }
            try await group.waitForAll()
        }
        try await contractsAreKnown()
    }

    private func contract(_ number: Int) -> RegisterContract {
        let fate = Fate(seed: world.configuration.seed, report: "contract-\(number)")
        let now = world.clock.now()
        return RegisterContract(
            contractId: UUID.v7(), contractNumber: "SVC-\(world.configuration.run.suffix(6))-\(number)",
            contractType: fate.pick("type", [.maintenance, .maintenance, .inspection, .perCall]),
            customerNumber: PlannedReport.contractCustomer(number),
            responseLevel: fate.pick("level", [.fourHour, .nextDay, .standard]),
            cover: Cover(labour: true, parts: fate.happens("parts", 0.5), travel: true),
            startsOn: now.addingTimeInterval(-86_400 * Double(fate.number("since", 1...300))),
            endsOn: now.addingTimeInterval(86_400 * Double(fate.number("until", 30...400))),
            price: Money(fate.number("price", 2_000...20_000) * 100, "CNY"))
    }

    /// Contracts reach intake by events; those who report first should find them there. Two seconds are plenty, and where
    /// they are not, some orders are charged that need not have been.
    private func contractsAreKnown() async throws {
        try await Task.sleep(for: .seconds(1))
    }
}
