import DomainContracts
import Foundation

/// `If-Match` (RFC 9110 §13.1.1): a command holds only for the version that an `ETag` told its sender.
struct Precondition: Sendable {
    private let outdatedCode: String

    /// Puts the version into a command's members; nil where the header asks for none.
    ///
    /// - Throws: a problem that points at the header: it is no entity tag, or the command cannot heed one.
    init?<C: Command>(of call: Call, for type: C.Type, into members: inout [String: JSONValue]) throws {
        guard let header = call.exchange.header("If-Match") else { return nil }
        guard let versioned = type as? any VersionedCommand.Type else {
            throw Self.invalid("unexpected", "this command heeds no version")
        }
        guard header.count > 2, header.hasPrefix("\""), header.hasSuffix("\""),
            let version = Int(header.dropFirst().dropLast())
        else { throw Self.invalid("format", "expected one entity tag with a version, such as \"3\"") }
        if let said = members["expectedVersion"], said != .int(version) {
            throw Self.invalid("contradiction", "differs from expectedVersion in the body")
        }
        members["expectedVersion"] = .int(version)
        outdatedCode = versioned.outdatedCode
    }

    /// The problem, as 412 where it is the version that did not hold.
    func reworded(_ problem: Problem) -> Problem {
        guard problem.status == 409, problem.code == outdatedCode else { return problem }
        var problem = problem
        problem.status = 412
        return problem
    }

    private static func invalid(_ code: String, _ detail: String) -> Problem {
        Problem(
            code: "invalid-message", title: "The message is not valid",
            errors: [FieldProblem("/headers/If-Match", code, detail)])
    }
}
