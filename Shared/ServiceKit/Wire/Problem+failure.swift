import DomainContracts
import Foundation

extension Problem {
    /// What somebody is told whose question failed: what he did wrong, or that it was not he. Of our own faults he hears no
    /// more; the log has them.
    package init(answering error: any Error) {
        switch error {
        case let refusal as Refusal: self = refusal.problem
        case let error as DecodingError: self = WireJSON.problem(from: error)
        case let error where error.isFaultOfDependency:
            self = Problem(code: "unavailable", title: "The service cannot answer now", status: 503)
        default: self = Problem(code: "internal-error", title: "Something went wrong here", status: 500)
        }
    }
}
