import DomainContracts
import Foundation

extension BrokerClient {
    /// Sends a command whose ground another service may not have heard of yet: while it is refused as unknown or out of
    /// turn, it is said anew, under a new message id, a few times at growing distances. Six seconds in all.
    ///
    /// - Returns: the answer, or the last refusal.
    func perform<C: Command>(
        _ command: C, as speaker: Speaker, channel: String? = nil, story: UUID?, attempts: Int = 8
    ) async throws -> Outcome<C.Reply> {
        var delay = Duration.milliseconds(50)
        for _ in 1..<attempts {
            let outcome = try await send(command, as: speaker, channel: channel, story: story)
            guard case .refused(let problem) = outcome, problem.status == 404 || problem.status == 409 else {
                return outcome
            }
            try await Task.sleep(for: delay)
            delay *= 2
        }
        return try await send(command, as: speaker, channel: channel, story: story)
    }

    /// The same, for steps whose refusal ends what the caller is doing.
    ///
    /// Throws `StepRefused` besides what `send` throws.
    @discardableResult
    func require<C: Command>(
        _ command: C, as speaker: Speaker, channel: String? = nil, story: UUID?, attempts: Int = 8
    ) async throws -> C.Reply {
        switch try await perform(command, as: speaker, channel: channel, story: story, attempts: attempts) {
        case .accepted(let reply): return reply
        case .refused(let problem): throw StepRefused(command: C.wireName, problem: problem)
        }
    }
}

/// Mendloop would not do what somebody asked: he stops what he was doing, and the story goes on otherwise.
struct StepRefused: Error, CustomStringConvertible {
    var command: String
    var problem: Problem

    var description: String {
        let members = problem.errors.map { " \($0.pointer) \($0.detail)" }.joined(separator: ";")
        return "\(command) refused: \(problem.code), \(problem.title)\(members)"
    }
}
