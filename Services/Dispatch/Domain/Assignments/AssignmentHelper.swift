import DomainContracts
import FoundationEssentials

/// Who goes with the engineer 协作人员. His time is booked under an id of its own, and stands as long as the engineer's.
struct AssignmentHelper: Codable, Sendable, Equatable {
    let engineerId: UUID
    let bookingId: UUID

    init(_ engineerId: UUID, for assignmentId: UUID) {
        self.engineerId = engineerId
        bookingId = UUID(derivedFrom: "helper:\(engineerId.text)", in: assignmentId)
    }

    /// What he is booked for: the same time at the same place.
    func entry(beside lead: CalendarEntry) -> CalendarEntry {
        CalendarEntry(
            assignmentId: bookingId, workOrderId: lead.workOrderId, span: lead.span, place: lead.place,
            helps: lead.assignmentId)
    }
}

extension Assignment {
    /// Who goes with him; nil as nobody.
    var helperIds: [UUID]? { helpers?.map(\.engineerId) }
    /// Whether the rules found somebody to help, and no dispatcher has named him.
    func isByTheRules(_ helperId: UUID) -> Bool {
        explanation.crew?.helpers.contains { $0.engineerId == helperId } ?? false
            && !(namedHelpers ?? []).contains(helperId)
    }

    /// All who go.
    var everybody: [UUID] { [engineerId] + (helperIds ?? []) }

    /// Takes helpers on, those of a rule with what the rule says of them.
    mutating func take(_ added: [AssignmentHelper], because found: CrewExplanation? = nil) {
        helpers = (helpers ?? []) + added
        helpersMissing = max(0, (helpersMissing ?? 0) - added.count)
        guard let found else { return }
        let known = explanation.crew?.helpers.filter { score in everybody.contains(score.engineerId) } ?? []
        let new = found.helpers.filter { score in !known.contains { $0.engineerId == score.engineerId } }
        explanation.crew = CrewExplanation(rule: found.rule, wanted: found.wanted, helpers: known + new)
    }

    /// One who helps no more: another is looked for.
    mutating func lose(_ helper: AssignmentHelper) {
        helpers?.removeAll { $0 == helper }
        namedHelpers?.removeAll { $0 == helper.engineerId }
        // Should a dispatcher name him again, that is his word and not the rule's.
        explanation.crew?.helpers.removeAll { $0.engineerId == helper.engineerId }
        helpersMissing = (helpersMissing ?? 0) + 1
        helpersSoughtAfter = nil
    }
}
