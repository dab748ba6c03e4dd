import ArgumentParser
import DomainContracts
import Foundation

/// Has a customer forgotten; docs/privacy.md.
struct Erase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Erase a customer's personal data in every service. Figures, stock and the ledger stay; it cannot be undone.",
        discussion: """
            Refused while something of his is not over: open work orders, requests, disputes, maintenance plans. Who was merged \
            into him is erased with him. Backups keep what they hold. Asked again, it says how far it is: docs/privacy.md.
            """)

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Argument(help: "His number, or his id. By number console has to run.")
    var customer: String

    @Option(name: .long, help: "Who asked for it and why, for the record, which is kept: name nobody.")
    var reason: String

    @Flag(name: .long, help: "Without it nothing is done.")
    var yes = false

    @Flag(name: .long, help: "Do not wait until intake has forgotten him.")
    var noWait = false

    func validate() throws {
        if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason must say why") }
    }

    func run() async throws {
        let door = try await stack.broker()
        do {
            try await run(door)
        } catch {
            await door.close()
            throw error
        }
        await door.close()
    }

    private func run(_ door: BrokerDoor) async throws {
        let id = try await id(door)
        guard yes else {
            throw ValidationError("this cannot be undone: customer \(id.text) is erased with --yes")
        }
        var acknowledged = try await door.order(EraseCustomer(customerId: id, reason: reason))
        while !noWait, acknowledged.status == "erasing" {
            try await Task.sleep(for: .milliseconds(500))
            acknowledged = try await door.order(EraseCustomer(customerId: id, reason: reason))
        }
        print(output.isJSON ? try Output.json(acknowledged) : Self.text(acknowledged, id))
    }

    private func id(_ door: BrokerDoor) async throws -> UUID {
        if let id = UUID(uuidString: customer) { return id }
        let overview = try await door.ask(CustomerOverviewQuery(customerNumber: customer))
        guard overview.found, let known = overview.customer else {
            throw ValidationError(
                "there is no customer “\(customer)”: ./mendloop find finds customers by name or phone")
        }
        return known.customerId
    }

    static func text(_ acknowledged: Acknowledgement, _ id: UUID) -> String {
        acknowledged.status == "erased"
            ? "erased: customer \(id.text). The other services forget him as they hear of it"
            : "being erased: customer \(id.text). The same again says when it is done"
    }
}
