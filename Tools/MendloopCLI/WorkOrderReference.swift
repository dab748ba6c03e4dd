import ArgumentParser
import DomainContracts
import Foundation

/// A work order as a person names it: `WO-20261121-000042`, its request's `SR-…`, or its id.
struct WorkOrderReference: ExpressibleByArgument, Sendable {
    enum Kind: Sendable {
        case number(String)
        case request(String)
        case id(UUID)
    }

    let kind: Kind
    let text: String

    init?(argument: String) {
        text = argument
        let upper = argument.uppercased()
        if let id = UUID(uuidString: argument) {
            kind = .id(id)
        } else if upper.hasPrefix("WO-"), upper.count > 3 {
            kind = .number(upper)
        } else if upper.hasPrefix("SR-"), upper.count > 3 {
            kind = .request(upper)
        } else {
            return nil
        }
    }

    /// Asks intake for the id behind a number.
    func resolve(_ door: BrokerDoor) async throws -> UUID {
        switch kind {
        case .id(let id):
            return id
        case .number(let number):
            guard let id = try await door.ask(WorkOrderQuery(workOrderNumber: number)).workOrderId else {
                throw NoSuchWorkOrder(text: number)
            }
            return id
        case .request(let number):
            let answer = try await door.ask(RequestQuery(requestNumber: number))
            guard answer.found else { throw NoSuchWorkOrder(text: number) }
            guard let id = answer.workOrderId else {
                throw NoWorkOrderYet(request: number, status: answer.status?.rawValue ?? "?", missing: answer.missing)
            }
            return id
        }
    }
}

/// Intake does not know the number.
struct NoSuchWorkOrder: Error, CustomStringConvertible {
    let text: String
    var description: String { "there is no \(text)" }
}

/// The request has not become a work order.
struct NoWorkOrderYet: Error, CustomStringConvertible {
    let request: String
    let status: String
    let missing: [String]

    var description: String {
        "\(request) is \(status) and has no work order"
            + (missing.isEmpty ? "" : "; missing: " + missing.joined(separator: ", "))
    }
}
