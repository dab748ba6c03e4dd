import Foundation
import Synchronization

/// What all connections of a proxy are to do from now on.
final class LinkRules: Sendable {
    private struct State {
        var delay = Duration.zero
        var mark: [UInt8] = []
        var timesLeft = 0
        var lostAnswers = 0
    }

    private let state = Mutex(State())

    var delay: Duration { state.withLock { $0.delay } }
    var lostAnswers: Int { state.withLock { $0.lostAnswers } }
    /// What a client must have sent for its commit's answer to be lost; nil while none is.
    var mark: [UInt8]? { state.withLock { $0.timesLeft > 0 ? $0.mark : nil } }

    func delay(by duration: Duration) { state.withLock { $0.delay = duration } }

    func loseAnswers(toCommitsOf mark: String, times: Int) {
        state.withLock {
            $0.mark = Array(mark.utf8)
            $0.timesLeft = times
        }
    }

    /// Whether this commit is one whose answer is lost; it is counted then.
    func takesAnswer() -> Bool {
        state.withLock { state in
            guard state.timesLeft > 0 else { return false }
            state.timesLeft -= 1
            state.lostAnswers += 1
            return true
        }
    }
}
