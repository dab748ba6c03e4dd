import DomainContracts
import FoundationEssentials

extension OrderAccount {
    /// What was found of one problem, and what its remedy takes from then on.
    struct Finding: Codable, Sendable, Equatable {
        let recordedAt: Date
        let misuse: Bool
        let minutes: Int
        let parts: [PlannedPart]
        /// These three are nil on the finding of an account of before findings were kept.
        var findingId: UUID?
        var visitId: UUID?
        var problemCode: String?
        /// Somebody said no to its price; nil as false.
        var isGivenUp: Bool?
    }

    private var allFindings: [Finding] { (plan.map { [$0] } ?? []) + (findings ?? []) }

    /// Whether any problem is the customer's own doing, by the newest finding of each; nil while nothing was found. A fact
    /// stays one whatever anybody says to the price.
    var isMisused: Bool? {
        let newest = Self.newest(allFindings)
        return newest.isEmpty ? nil : newest.contains(where: \.misuse)
    }

    /// What is to be done: of each problem, what was found last of it and not given up.
    var remedies: [Finding] { Self.newest(allFindings.filter { $0.isGivenUp != true }) }

    /// What was found last of each problem, in the order in which the problems were first heard of.
    private static func newest(_ findings: [Finding]) -> [Finding] {
        findings.reduce(into: []) { newest, finding in
            if let index = newest.firstIndex(where: { $0.problemCode == finding.problemCode }) {
                if newest[index].recordedAt <= finding.recordedAt { newest[index] = finding }
            } else {
                newest.append(finding)
            }
        }
    }

    /// Minutes that the job will have taken: what was worked, and what the remedies found on visits that go on take
    /// from now; never less than all remedies together. An hour while nothing was found.
    var estimatedMinutes: Int {
        let remedies = remedies
        guard !remedies.isEmpty else { return max(60, workedMinutes) }
        func isOver(_ finding: Finding) -> Bool { visits.contains { $0.visitId == finding.visitId } }
        let ahead = remedies.filter { $0.visitId != nil && !isOver($0) }.reduce(0) { $0 + $1.minutes }
        return max(workedMinutes + ahead, remedies.reduce(0) { $0 + $1.minutes })
    }

    /// Takes what came back of a part request, or was given up, out of what is asked for. What was used counts by its
    /// usages; it stays until they are heard.
    mutating func keepWanted(of request: PartRequestState) {
        guard let known = requested[request.partRequestId] else { return }
        var left = request.lines.reduce(into: [String: Int]()) { left, line in
            left[line.partCode, default: 0] += max(0, line.requested - line.returned - line.released)
        }
        var wanted: [PlannedPart] = []
        for part in known {
            // Never more than before: older news may arrive later.
            let quantity = min(part.quantity, left[part.partCode] ?? 0)
            left[part.partCode, default: 0] -= quantity
            if quantity > 0 { wanted.append(PlannedPart(partCode: part.partCode, quantity: quantity)) }
        }
        requested[request.partRequestId] = wanted.isEmpty ? nil : wanted
    }
}
