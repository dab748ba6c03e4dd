import ArgumentParser
import DomainContracts
import Foundation

struct CustomerShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customer",
        abstract: "Everything about one customer: what he has, what was done for him, what he owes, who spoke to him.",
        discussion: "Console has to run: ./mendloop up starts it. ./mendloop find finds customers by name or phone.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Argument(help: "His number, or his id.")
    var customer: String

    func run() async throws {
        let door = try await stack.broker()
        let id = UUID(uuidString: customer)
        let overview = try await door.ask(
            CustomerOverviewQuery(customerId: id, customerNumber: id == nil ? customer : nil))
        await door.close()
        guard overview.found else { throw ValidationError("there is no customer “\(customer)”") }
        print(output.isJSON ? try Output.json(overview) : Self.text(overview))
    }

    static func text(_ overview: CustomerOverview) -> String {
        let who = overview.contacts.first?.name ?? overview.customer?.customerId.text ?? ""
        let number = overview.customer?.customerNumber.map { " \($0)" } ?? ""
        var lines = ["\(who)\(number)"]
        if let totals = overview.totals {
            lines.append(
                "\(totals.workOrders) work orders, \(totals.openWorkOrders) open; \(totals.visits) visits; "
                    + "\(totals.devices) devices; charged \(amounts(totals.charged)), paid \(amounts(totals.paid))")
        }
        var orders = TextTable(head: [
            "WORK ORDER", "RECEIVED", "STATUS", "PROBLEM", "VISITS", "CHARGED", "PAID", "RATED",
        ])
        for order in overview.workOrders {
            orders.rows.append([
                order.workOrderNumber ?? order.workOrderId.text, order.receivedAt.map(Moment.text) ?? "-",
                order.status?.rawValue ?? "-", (order.problem ?? "-").shortened(to: 40), "\(order.visits.count)",
                order.charge?.total.map { amounts([$0]) } ?? "-", order.charge?.paid.map { amounts([$0]) } ?? "-",
                order.surveys.last.map { "\($0.satisfaction)" } ?? "-",
            ])
        }
        if !orders.rows.isEmpty { lines += ["", orders.text] }
        if !overview.lastInteractions.isEmpty {
            lines += ["", StoryTable.text(overview.lastInteractions)]
        }
        return lines.joined(separator: "\n")
    }

    private static func amounts(_ all: [Money]) -> String {
        all.isEmpty ? "nothing" : all.map { "\($0.amount) \($0.currency) minor" }.joined(separator: ", ")
    }
}
