import DomainContracts
import Foundation

/// A command cannot be carried out: a fact that is recorded and answered, not a failure.
public struct Refusal: Error, Sendable, Equatable {
    public var problem: Problem

    public init(_ problem: Problem) { self.problem = problem }

    /// The state of things forbids it: `conflict("visit-not-open", "The visit has ended")`, HTTP 409.
    public static func conflict(_ code: String, _ title: String, detail: String? = nil) -> Refusal {
        Refusal(Problem(code: code, title: title, detail: detail, status: 409))
    }

    /// The thing that the command names does not exist, HTTP 404.
    public static func notFound(_ pointer: String, _ what: String) -> Refusal {
        Refusal(
            Problem(
                code: "not-found", title: "\(what) does not exist", status: 404,
                errors: [FieldProblem(pointer, "not-found", "names no \(what) we know")]))
    }

    /// Who asks may not do it, HTTP 403.
    public static func forbidden(_ title: String, pointer: String) -> Refusal {
        Refusal(
            Problem(
                code: "forbidden", title: title, status: 403, errors: [FieldProblem(pointer, "forbidden", title)]))
    }

    /// Members of the message are wrong; nil when `errors` is empty.
    public static func invalid(_ errors: [FieldProblem]) -> Refusal? {
        errors.isEmpty
            ? nil : Refusal(Problem(code: "invalid-message", title: "The message is not valid", errors: errors))
    }

    public static func invalid(_ pointer: String, _ code: String, _ detail: String) -> Refusal {
        Refusal(
            Problem(
                code: "invalid-message", title: "The message is not valid",
                errors: [FieldProblem(pointer, code, detail)]))
    }
}
