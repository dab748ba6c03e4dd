import Dispatching
import DomainContracts
import FoundationEssentials

extension Job {
    /// The job as decisions see it; nil when it needs nobody.
    func request(_ id: UUID, now: Int) -> JobRequest? {
        need.map { request(id, for: $0, tried: tried, previous: lastEngineerId, now: now) }
    }

    /// The job as the day plan sees it. That somebody has accepted it makes nobody know the place.
    func requestToPlan(_ id: UUID, now: Int) -> JobRequest? {
        need.map { request(id, for: $0, tried: tried, previous: nil, now: now) }
    }

    /// The job as it was when it came, for a dry run; nil when it needed nobody then.
    func firstRequest(_ id: UUID) -> JobRequest? {
        guard let origin, let need = origin.firstNeed else { return nil }
        return request(id, for: need, tried: [], previous: nil, now: origin.receivedAt.epoch)
    }

    private func request(
        _ id: UUID, for need: DispatchNeed, tried: [UUID], previous: UUID?, now: Int
    ) -> JobRequest {
        JobRequest(
            workOrderId: id, place: place, seconds: max(1, need.durationMinutes) * 60,
            range: range(of: need, now: now), wishes: need.preferredWindows.map { Span($0) },
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
