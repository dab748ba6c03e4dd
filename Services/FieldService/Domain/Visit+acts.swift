import DomainContracts
import FoundationEssentials

/// The engineer's acts, each refused by state or carried out and noted.
extension Visit {
    mutating func depart(at: Date, by: String, place: Coordinates?) throws(VisitRefusal) {
        guard take(.depart, at: at, by: by, place: place) else { throw .notScheduled(status) }
    }

    mutating func checkIn(at: Date, by: String, place: Coordinates?) throws(VisitRefusal) {
        guard take(.checkIn, at: at, by: by, place: place) else { throw .notScheduled(status) }
        checkedInAt = at
        // He who comes before the window opens is not late.
        arrivedOnTime = originalWindow.map { at < $0.end }
    }

    mutating func start(at: Date, by: String) throws(VisitRefusal) {
        guard take(.start, at: at, by: by) else { throw .notOnSite(status) }
        startedAt = at
    }

    mutating func pause(at: Date, by: String, reason: String) throws(VisitRefusal) {
        guard take(.pause, at: at, by: by) else { throw .notInProgress(status) }
        pauseReason = reason
    }

    mutating func resume(at: Date, by: String) throws(VisitRefusal) {
        guard status == .paused else { throw .notPaused(status) }
        guard openWaits.isEmpty else { throw .waits }
        take(.resume, at: at, by: by)
        pauseReason = nil
    }

    /// False when it was recorded before.
    mutating func record(_ finding: Finding, at: Date, by: String) throws(VisitRefusal) -> Bool {
        if let known = findings.first(where: { $0.findingId == finding.findingId }) {
            guard known == finding else { throw .idTaken("finding-id") }
            return false
        }
        guard take(.awaitEstimate, at: at, by: by) else { throw .notInProgress(status) }
        findings.append(finding)
        waits.append(EstimateWait(cause: finding.findingId))
        return true
    }

    /// False when it was asked for before.
    mutating func ask(for request: PartRequest, at: Date, by: String) throws(VisitRefusal) -> Bool {
        if let known = partRequests.first(where: { $0.partRequestId == request.partRequestId }) {
            guard known == request else { throw .idTaken("part-request-id") }
            return false
        }
        guard take(.awaitEstimate, at: at, by: by) else { throw .notInProgress(status) }
        partRequests.append(request)
        waits.append(EstimateWait(cause: request.partRequestId))
        return true
    }

    /// False when it was used before.
    mutating func fit(_ part: FittedPart, at: Date, by: String) throws(VisitRefusal) -> Bool {
        if let known = partUses.first(where: { $0.use.usageId == part.use.usageId }) {
            guard known == part else { throw .idTaken("usage-id") }
            return false
        }
        guard take(.usePart, at: at, by: by) else { throw .notInProgress(status) }
        partUses.append(part)
        return true
    }
}
