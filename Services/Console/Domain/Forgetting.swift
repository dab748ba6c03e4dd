import DomainContracts
import FoundationEssentials

extension OrderView {
    /// Forgets what was said, now and in whatever is told of it later.
    mutating func forget() {
        isForgotten = true
        origin = origin?.changed { $0.problem = "" }
        surveys = surveys.mapValues { survey in
            var survey = survey
            survey.comment = nil
            return survey
        }
        followUps = followUps.mapValues { followUp in
            var followUp = followUp
            followUp.note = nil
            return followUp
        }
        disputes = disputes?.mapValues { dispute in
            dispute?.changed { ($0.statement, $0.evidence, $0.decisionReason) = ("", 0, nil) }
        }
    }

    /// What the audit calls things of it.
    var auditSubjects: [String] {
        let visits = visits.keys.flatMap { ["visit/\($0)", "assignment/\($0)"] }
        let others =
            estimates.keys.map { "estimate/\($0)" } + followUps.keys.map { "follow-up/\($0)" }
            + (disputes ?? [:]).keys.map { "entitlement-dispute/\($0)" }
        return ["work-order/\(workOrderId.text)"] + visits + others
    }
}

extension Latest {
    fileprivate func changed(_ change: (inout Value) -> Void) -> Latest {
        var value = value
        change(&value)
        return Latest(sequence: sequence, rank: rank, value: value)
    }
}

extension StoryLine {
    private static let members = Dictionary(
        MessageCatalogue.events.map { ("\($0.service.rawValue).\($0.wireName)", $0.personalMembers) },
        uniquingKeysWith: { first, _ in first })

    /// Forgets what was said, and which customer it was who did it.
    mutating func forget() {
        if actorType == "customer" { actorId = nil }
        guard let personal = Self.members["\(service).\(kind)"], !personal.isEmpty else { return }
        text = nil
        for member in personal { member.path.last.map { parameters[$0] = nil } }
    }
}
