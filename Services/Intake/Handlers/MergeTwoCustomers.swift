import DomainContracts
import Foundation
import ServiceKit

/// Lets one customer stand for another who is found to be the same. Nothing of the first is changed but this: whoever
/// looks him up is led on, and unmerging takes the sign away. The other keeps for whom he stands.
struct MergeTwoCustomers: CommandHandler {
    func keys(_ command: MergeCustomers, _ keys: inout Keys) {
        keys.need(Customer.self, [command.customerId, command.intoCustomerId])
    }

    func decide(_ command: MergeCustomers, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        guard var customer = turn.get(Customer.self, command.customerId) else {
            throw .notFound("/data/customerId", "customer")
        }
        guard var other = turn.get(Customer.self, command.intoCustomerId) else {
            throw .notFound("/data/intoCustomerId", "customer")
        }
        for id in [customer.id, other.id] { try turn.checkNotErased(id) }
        if let into = customer.mergedInto, into != other.id {
            throw .conflict("already-merged", "The customer is merged into another one already")
        }
        guard turn.survivor(of: other.id) != customer.id else {
            throw .invalid("/data/intoCustomerId", "same", "must be another customer, and not merged into this one")
        }
        customer.mergedInto = other.id
        turn.keep(customer)
        if other.mergedCustomerIds?.contains(customer.id) != true {
            other.mergedCustomerIds = (other.mergedCustomerIds ?? []) + [customer.id]
            turn.keep(other)
        }
        return Acknowledgement(
            subject: Customer.subject(customer.id), version: turn.version(Customer.self, customer.id),
            status: "merged")
    }
}

/// Takes a merge back.
struct UnmergeTwoCustomers: CommandHandler {
    func keys(_ command: UnmergeCustomers, _ keys: inout Keys) { keys.need(Customer.self, command.customerId) }

    func decide(_ command: UnmergeCustomers, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        guard var customer = turn.get(Customer.self, command.customerId) else {
            throw .notFound("/data/customerId", "customer")
        }
        guard let into = customer.mergedInto else {
            throw .conflict("not-merged", "The customer is merged into nobody")
        }
        try turn.checkNotErased(customer.id)
        customer.mergedInto = nil
        turn.keep(customer)
        if var other = turn.get(Customer.self, into) {
            let rest = (other.mergedCustomerIds ?? []).filter { $0 != customer.id }
            other.mergedCustomerIds = rest.isEmpty ? nil : rest
            turn.keep(other)
        }
        return Acknowledgement(
            subject: Customer.subject(customer.id), version: turn.version(Customer.self, customer.id),
            status: "separate")
    }
}

extension Turn {
    /// The numbers of who stands for a customer, and of all for whom he stands, his own first.
    mutating func numbers(of customer: UUID) -> [String] {
        customers(standingFor: customer).compactMap(\.customerNumber)
    }

    /// Who stands for a customer, and everybody for whom he stands.
    mutating func customers(standingFor customer: UUID) -> [Customer] {
        var ids = [survivor(of: customer)]
        var found: [Customer] = []
        var index = 0
        while index < ids.count {
            if let one = get(Customer.self, ids[index]) {
                found.append(one)
                ids += one.mergedCustomerIds ?? []
            }
            index += 1
        }
        return found
    }
}
