import DomainContracts
import FoundationEssentials

/// Why an act is refused by the state of the visit.
enum VisitRefusal: Error, Equatable {
    case notScheduled(VisitState)
    case notOnSite(VisitState)
    case notInProgress(VisitState)
    case notPaused(VisitState)
    /// An estimate has not been answered.
    case waits
    /// It ended for want of an answer, and none is outstanding.
    case notWaiting
    /// It ended for want of parts, and none were asked for: nobody would know what to wait for.
    case noPartsRequested
    /// An id was used before, for something else.
    case idTaken(String)

    /// Stable, for programs.
    var code: String {
        switch self {
        case .notScheduled: "visit-not-scheduled"
        case .notOnSite: "visit-not-on-site"
        case .notInProgress: "visit-not-in-progress"
        case .notPaused: "visit-not-paused"
        case .waits: "visit-not-answered"
        case .notWaiting: "visit-not-waiting"
        case .noPartsRequested: "visit-no-parts-requested"
        case .idTaken(let member): "\(member)-taken"
        }
    }

    var title: String {
        switch self {
        case .notScheduled(let state): "The visit is \(state.rawValue), not scheduled"
        case .notOnSite(let state): "The visit is \(state.rawValue), not on site"
        case .notInProgress(let state): "The visit is \(state.rawValue), not in progress"
        case .notPaused(let state): "The visit is \(state.rawValue), not paused"
        case .waits: "An estimate of this visit has not been answered yet"
        case .notWaiting: "No estimate of this visit waits for an answer"
        case .noPartsRequested: "No parts were requested on this visit; field-service.request-parts does"
        case .idTaken(let member): "The \(member) was used before, for something else"
        }
    }
}
