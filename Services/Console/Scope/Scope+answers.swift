import DomainContracts
import Foundation

extension Scope {
    /// Of a list, what is about things within reach alone.
    ///
    /// - Parameter subjects: what one of it is about; nil for what is nobody's.
    fileprivate static func shown<Item: Sendable>(
        of list: WritableKeyPath<Reply, [Item]> & Sendable, _ subjects: @escaping @Sendable (Item) -> [Subject]?
    ) -> Scope {
        .shown { answer, reach, book in
            var shown = answer
            shown[keyPath: list] = try await book.filter(answer[keyPath: list], reach, by: subjects)
            return shown
        }
    }
}

/// What of an answer is within somebody's reach, where the question alone does not say.
extension Scope where Asked == WorkOrderQuery, Reply == WorkOrderAnswer {
    /// The order; of those that may be the same fault, the ones within reach. Why nobody may go speaks of engineers, and is a
    /// dispatcher's business.
    static var anOrder: Scope {
        Scope(rule: .about, subjects: { $0.subjects }) { answer, reach, book in
            var shown = answer
            if reach.regions.isEmpty { shown.impasse = nil }
            shown.probableDuplicates = try await book.filter(answer.probableDuplicates, reach) {
                [.order($0.workOrderId)]
            }
            shown.probableDuplicateRequests = try await book.filter(answer.probableDuplicateRequests, reach) {
                $0.subjects
            }
            return shown
        }
    }
}

extension Scope where Asked == CustomerOverviewQuery, Reply == CustomerOverview {
    /// All of the customer; why nobody may go to an order of his is a dispatcher's business.
    static var aCustomer: Scope {
        Scope(rule: .about, subjects: { $0.subjects }) { answer, reach, _ in
            if !reach.regions.isEmpty { return answer }
            var shown = answer
            for index in shown.workOrders.indices { shown.workOrders[index].impasse = nil }
            return shown
        }
    }
}

extension Scope where Asked == RequestQuery, Reply == RequestAnswer {
    /// The request; of what may be the same fault, what is within reach.
    static var aRequest: Scope {
        Scope(rule: .about, subjects: { $0.subjects }) { answer, reach, book in
            var shown = answer
            shown.probableDuplicates = try await book.filter(answer.probableDuplicates, reach) { $0.subjects }
            return shown
        }
    }
}

extension RequestDuplicate {
    fileprivate var subjects: [Subject] {
        [workOrderId.map(Subject.order), requestId.map(Subject.request)].compactMap { $0 }
    }
}

extension Scope where Asked == AssignmentsQuery, Reply == AssignmentsAnswer {
    /// Who goes to the order; an engineer is shown his own part of it, since explanations weigh what his colleagues cost.
    static var assignments: Scope {
        Scope(rule: .about, subjects: { $0.subjects }) { answer, reach, _ in
            // A dispatcher's business.
            if !reach.regions.isEmpty { return answer }
            var shown = answer
            shown.assignments = answer.assignments.filter { assignment in
                reach.engineer.map { assignment.engineerId == $0 || assignment.helperIds?.contains($0) == true }
                    ?? false
            }
            return shown
        }
    }
}

extension Scope where Reply == DeviceAnswer {
    /// The device itself; of its orders, those within reach.
    static var aDevice: Scope {
        .shown { answer, reach, book in
            guard let device = answer.device, try await book.isWithin(.device(device.deviceId), reach) else {
                return nil
            }
            var shown = answer
            shown.orders = try await book.filter(answer.orders, reach) { [.order($0.workOrderId)] }
            return shown
        }
    }
}

extension Scope where Reply == DeviceHistory {
    /// What was done to the device by whomever; what it cost is not an engineer's.
    static var aDevice: Scope {
        .shown { history, reach, book in
            guard let device = history.device, try await book.isWithin(.device(device.deviceId), reach) else {
                return nil
            }
            // A dispatcher's business.
            if !reach.regions.isEmpty { return history }
            var shown = history
            shown.lines = history.lines.filter { $0.service != ServiceName.billing.rawValue }.map { line in
                var line = line
                line.money = nil
                return line
            }
            shown.pastServices = history.pastServices?.map { service in
                var service = service
                service.amount = nil
                return service
            }
            return shown
        }
    }
}

extension Scope where Reply == ProbableDuplicatesAnswer {
    static var duplicates: Scope {
        .shown(of: \.pairs) { [.order($0.order.workOrderId), .order($0.other.workOrderId)] }
    }
}

extension Scope where Reply == ProbableRequestDuplicatesAnswer {
    /// A request without an order is within reach of whoever may see its customer.
    static var duplicates: Scope {
        .shown(of: \.pairs) { pair in
            [.customer(pair.request.customerId)]
                + [pair.order.map { .order($0.workOrderId) }, pair.other.map { .customer($0.customerId) }]
                .compactMap { $0 }
        }
    }
}

extension Scope where Reply == RequestsAnswer {
    /// One without an order is within reach of whoever may see its customer.
    static var requests: Scope {
        .shown(of: \.requests) { [$0.workOrderId.map(Subject.order) ?? .customer($0.customerId)] }
    }
}

extension Scope where Reply == EntitlementDisputesAnswer {
    static var disputes: Scope {
        .shown(of: \.disputes) { [.order($0.workOrderId)] }
    }
}

extension Scope where Reply == SearchRegistryAnswer {
    /// Models are everybody's; a request is found by its order.
    static var hits: Scope {
        .shown(of: \.hits) { hit in
            switch hit.kind {
            case .customer: [.customer(hit.id)]
            case .site: [.site(hit.id)]
            case .device: [.device(hit.id)]
            case .workOrder: [.order(hit.id)]
            case .request: [.request(hit.id)]
            case .productModel: []
            default: hit.customerId.map { [.customer($0)] }
            }
        }
    }
}

extension Scope where Reply == MaintenancePlansAnswer {
    static var plans: Scope {
        .shown(of: \.plans) { [.customer($0.customerId)] }
    }
}

extension Scope where Reply == MaintenancePlanAnswer {
    static var aPlan: Scope {
        .shown { answer, reach, book in
            guard let state = answer.state else { return answer }
            return try await book.isWithin(.customer(state.customerId), reach) ? answer : nil
        }
    }
}

extension Scope where Reply == WorkBoardAnswer {
    static var board: Scope {
        .shown { answer, reach, book in
            var shown = answer
            shown.engineers = try await book.filter(answer.engineers, reach) { [.engineer($0.engineerId)] }
            let visits = shown.engineers.flatMap(\.visits)
            let seen = Set(try await book.filter(visits, reach) { [.order($0.workOrderId)] })
            for index in shown.engineers.indices {
                shown.engineers[index].visits.removeAll { !seen.contains($0) }
            }
            return shown
        }
    }
}

extension Scope where Reply == RulesSimulated {
    /// Sums are everybody's; engineers and orders are not.
    static var simulation: Scope {
        .shown { answer, reach, book in
            var shown = answer
            shown.engineers = try await book.filter(answer.engineers, reach) { [.engineer($0.engineerId)] }
            shown.examples = try await book.filter(answer.examples, reach) { [.orderNumber($0.workOrderNumber)] }
            return shown
        }
    }
}

extension ScopeBook {
    /// Those of a list whose subjects are all within reach; one whose subjects are unknown is not.
    fileprivate func filter<Item: Sendable>(
        _ items: [Item], _ reach: Reach, by subjects: (Item) -> [Subject]?
    ) async throws -> [Item] {
        let asked = items.map { ($0, subjects($0)) }
        let all = Set(asked.flatMap { $0.1 ?? [] })
        if all.isEmpty { return asked.compactMap { $1 == nil ? nil : $0 } }
        let seen = try await within(all, reach)
        return asked.compactMap { item, subjects in
            guard let subjects, seen.isSuperset(of: subjects) else { return nil }
            return item
        }
    }
}
