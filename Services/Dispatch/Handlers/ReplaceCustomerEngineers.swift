import Dispatching
import DomainContracts
import Foundation
import ServiceKit

/// Replaces which engineers a customer wants to come, and which not, and takes from those whom he does not want what they have
/// before them there.
struct ReplaceCustomerEngineers: CommandHandler {
    private static let mostPreferred = 10
    private static let mostExcluded = 50
    private static let longestNote = 500

    func keys(_ command: SetCustomerEngineers, _ keys: inout Keys) {
        keys.need(CustomerEngineers.self, command.customerId)
        // Whoever is just choosing one of them waits, and then sees what is said here.
        let excluded = command.excludedEngineerIds.prefix(Self.mostExcluded)
        keys.need(Engineer.self, excluded)
        keys.need(EngineerCalendar.self, excluded)
        for id in command.preferredEngineerIds.prefix(Self.mostPreferred) { keys.look(at: Engineer.self, id) }
    }

    func decide(_ command: SetCustomerEngineers, _ turn: inout Turn) throws(Refusal) -> CustomerEngineersSet {
        var command = command
        command.note = command.note.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        if let refusal = Refusal.invalid(Self.problems(command)) { throw refusal }
        let id = command.customerId
        var engineers = turn.get(CustomerEngineers.self, id) ?? CustomerEngineers()
        if engineers.isErased ?? false {
            throw .conflict("customer-erased", "The customer's data were erased")
        }
        try turn.check(command.expectedVersion, of: CustomerEngineers.self, id, "customer's list of engineers")
        try checkAreThere(command, &turn)
        let isNews = engineers.replace(by: command, at: turn.now, by: turn.envelope.authid)
        if isNews { turn.set(engineers, id) }
        let visits = turn.takeAway(from: command.excludedEngineerIds, at: id)
        if isNews {
            turn.emit(
                engineers.changed(id, givenAway: visits.givenAway.count, at: turn.now), about: CustomerEngineers.self,
                id)
        }
        return CustomerEngineersSet(
            subject: CustomerEngineers.subject(id), version: turn.version(CustomerEngineers.self, id),
            givenAway: visits.givenAway, kept: visits.kept)
    }

    static func problems(_ command: SetCustomerEngineers) -> [FieldProblem] {
        let (preferred, excluded) = (command.preferredEngineerIds, command.excludedEngineerIds)
        var problems: [FieldProblem] = []
        for (member, people, most) in [
            ("preferredEngineerIds", preferred, mostPreferred), ("excludedEngineerIds", excluded, mostExcluded),
        ] {
            guard people.count <= most else {
                problems.append(FieldProblem("/data/\(member)", "length", "expected at most \(most)"))
                continue
            }
            for (index, id) in people.enumerated() where people.prefix(index).contains(id) {
                problems.append(FieldProblem("/data/\(member)/\(index)", "duplicate", "is named twice"))
            }
        }
        for (index, id) in preferred.prefix(mostPreferred).enumerated() where excluded.contains(id) {
            problems.append(
                FieldProblem("/data/preferredEngineerIds/\(index)", "duplicate", "is among the excluded ones too"))
        }
        if command.note?.count ?? 0 > longestNote {
            problems.append(FieldProblem("/data/note", "length", "expected at most \(longestNote) characters"))
        }
        return problems
    }

    private func checkAreThere(_ command: SetCustomerEngineers, _ turn: inout Turn) throws(Refusal) {
        for (member, people) in [
            ("preferredEngineerIds", command.preferredEngineerIds),
            ("excludedEngineerIds", command.excludedEngineerIds),
        ] {
            for (index, id) in people.enumerated() where turn.look(at: Engineer.self, id) == nil {
                throw .notFound("/data/\(member)/\(index)", "engineer")
            }
        }
    }
}

extension Turn {
    /// Takes back what these engineers have before them at a customer's, and finds others for it. What one has begun, or what a
    /// person has decided, stays his.
    fileprivate mutating func takeAway(
        from engineers: [UUID], at customerId: UUID
    ) -> (givenAway: [ExcludedVisit], kept: [ExcludedVisit]) {
        var (givenAway, kept): ([ExcludedVisit], [ExcludedVisit]) = ([], [])
        for engineerId in engineers {
            for entry in get(EngineerCalendar.self, engineerId)?.entries ?? [] {
                let id = entry.helps ?? entry.assignmentId
                guard look(at: Job.self, entry.workOrderId)?.origin?.customerId == customerId,
                    let assignment = get(Assignment.self, id), assignment.status.isLive
                else { continue }
                let visit = ExcludedVisit(
                    assignmentId: id, workOrderId: entry.workOrderId, workOrderNumber: assignment.workOrderNumber,
                    engineerId: engineerId, hasBegun: assignment.hasBegun)
                if takeAway(assignment, id, from: engineerId) { givenAway.append(visit) } else { kept.append(visit) }
            }
        }
        return (givenAway, kept)
    }

    private mutating func takeAway(_ assignment: Assignment, _ id: UUID, from engineerId: UUID) -> Bool {
        if assignment.isByHand(engineerId) { return false }
        if engineerId != assignment.engineerId { return excuse(engineerId, from: id) }
        return giveAway(id, of: assignment.workOrderId, because: .engineerExcluded)
    }
}

extension Assignment {
    /// Whether a person has sent somebody who goes, and not the rules.
    fileprivate func isByHand(_ engineerId: UUID) -> Bool {
        if engineerId == self.engineerId { return isPinned }
        return !isByTheRules(engineerId)
    }
}
