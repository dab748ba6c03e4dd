import Dispatching
import DomainContracts
import FoundationEssentials

extension Job {
    /// The job as decisions see it; nil when it needs nobody.
    func request(_ id: UUID, now: Int) -> JobRequest? {
        need.map { request(id, for: $0, range(of: $0, now: now), tried: tried, previous: lastEngineerId) }
    }

    /// The job within what the customer was promised, as decisions see it; nil where nothing is, or nobody could come in time
    /// any more.
    func promisedRequest(_ id: UUID, now: Int) -> JobRequest? {
        guard var need, let arrivals = promisedArrivals(from: now + Self.promiseLeadSeconds) else { return nil }
        need.preferredWindows = []
        return request(
            id, for: need, arrivals.span(of: durationMinutes * 60), tried: tried, previous: lastEngineerId)
    }

    /// What is left from a moment on of when the customer was promised somebody; nil where nothing is.
    func promisedArrivals(from moment: Int) -> Arrivals? {
        guard let promised = agreedWindow.map({ Arrivals(within: Span($0)) }), moment <= promised.latest else {
            return nil
        }
        return Arrivals(earliest: max(promised.earliest, moment), latest: promised.latest)
    }

    /// When somebody has to begin, even if others make room for it: as was promised; and what is most urgent in time for its
    /// promised arrival, or where that is past, within the hour. Nil for what may be late.
    func bindingArrivals(now: Int) -> Arrivals? {
        if let promised = promisedArrivals(from: now + Self.promiseLeadSeconds) { return promised }
        guard priority == .p1, let need, let dueAt = need.arrivalDueAt?.epoch else { return nil }
        let earliest = range(of: need, now: now).start
        return Arrivals(earliest: earliest, latest: max(dueAt, earliest + Self.lateLeadSeconds))
    }

    private static let lateLeadSeconds = 3600

    /// Whoever is to keep a promise may have little time to answer.
    private static let promiseLeadSeconds = 15 * 60

    /// The job as the day plan sees it: there is no other time than what was promised, and that somebody has accepted it
    /// does not mean that he knows the place.
    func request(_ id: UUID, promised arrivals: Arrivals) -> JobRequest? {
        guard var need else { return nil }
        need.preferredWindows = []
        return request(id, for: need, arrivals.span(of: durationMinutes * 60), tried: tried, previous: nil)
    }

    /// The job as it was when it came, for a dry run; nil when it needed nobody then.
    func firstRequest(_ id: UUID) -> JobRequest? {
        guard let origin, let need = origin.firstNeed else { return nil }
        return request(id, for: need, range(of: need, now: origin.receivedAt.epoch), tried: [], previous: nil)
    }

    private func request(
        _ id: UUID, for need: DispatchNeed, _ range: Span, tried: [UUID], previous: UUID?
    ) -> JobRequest {
        JobRequest(
            workOrderId: id, place: place, seconds: max(1, need.durationMinutes) * 60,
            range: range, wishes: need.preferredWindows.map { Span($0) },
            dueAt: need.arrivalDueAt?.epoch, priority: priority, required: need.requiredSkills,
            excluded: need.excludedEngineerIds, tried: tried, preferred: need.preferredEngineerId, previous: previous,
            facts: facts(need))
    }

    /// From when somebody can be there at the earliest, leaving time to accept, to the end of the horizon.
    private func range(of need: DispatchNeed, now: Int) -> Span {
        let lead = priority == .p1 ? 15 * 60 : 3600
        let start = max(now + lead, need.notBefore?.epoch ?? 0)
        return Span(start: start, end: start + Planning.horizonSeconds)
    }

    private func facts(_ need: DispatchNeed) -> JSONValue {
        let workOrder: [String: JSONValue] = [
            "number": .string(workOrderNumber), "serviceType": .string(serviceType.rawValue),
            "serviceMode": JSONValue(origin?.serviceMode.rawValue), "priority": .string(priority.rawValue),
            "category": JSONValue(category), "problem": .string(problem), "faultCode": JSONValue(origin?.faultCode),
            "regionCode": JSONValue(regionCode), "channel": JSONValue(origin?.channel),
            "language": JSONValue(origin?.language), "isRework": .bool(origin?.isRework ?? false),
            "round": .int(need.round), "reason": .string(need.reason.rawValue),
            "durationMinutes": .int(need.durationMinutes), "requiredSkills": Facts.skills(need.requiredSkills),
        ]
        var facts = origin?.facts ?? [:]
        facts["workOrder"] = .object(workOrder)
        return .object(facts)
    }
}
