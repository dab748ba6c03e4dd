import Dispatch
import FoundationNetworking
import Synchronization

/// A request that may be given up at any time, before it begins as well.
final class RequestUnderWay: Sendable {
    private enum State {
        case toBegin, givenUp
        case begun(URLSessionTask)
    }

    private let state = Mutex(State.toBegin)

    func begin(_ task: URLSessionTask) {
        let isGivenUp = state.withLock { state in
            if case .givenUp = state { return true }
            state = .begun(task)
            return false
        }
        task.resume()
        if isGivenUp { task.cancel() }
    }

    /// Returns before it is: who cancels a task holds a lock of that task, for which the session waits where it resumes it, and giving up
    /// waits for the session.
    func giveUp() {
        let task: URLSessionTask? = state.withLock { state in
            defer { state = .givenUp }
            if case .begun(let task) = state { return task }
            return nil
        }
        guard let task else { return }
        // Nor on a thread that tasks share: it waits there.
        DispatchQueue.global().async { task.cancel() }
    }
}
