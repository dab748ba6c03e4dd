import FoundationEssentials

/// The KPI facts, summed up: figures that only need closed orders.
public struct KPIQuery: Query, Equatable {
    public typealias Reply = KPIAnswer
    public static let service = ServiceName.feedback
    public static let wireName = "kpis"

    public init() {
    }
}

/// The KPI table of domain.md §8 as far as the closed loop yields it; times in seconds.
public struct KPIAnswer: Codable, Sendable, Equatable {
    public var opened: Int
    public var closed: Int
    public var firstResponseMedian: Int?
    public var firstResponseP90: Int?
    public var meanTimeToResolve: Int?
    public var meanTimeToRepair: Int?
    public var firstTimeFixed: Int
    public var firstTimeFixBase: Int
    public var resolvedRemotely: Int
    public var reworked: Int
    public var repeatVisits: Int
    public var visited: Int
    public var followedUp: Int
    public var surveysSent: Int
    public var surveysAnswered: Int
    public var satisfied: Int
    public var satisfactionAnswers: Int
    public var promoters: Int
    public var detractors: Int
    public var recommendationAnswers: Int
    public var clocksMet: [String: Int]
    public var clocksBreached: [String: Int]
    /// Of `firstTimeFixBase`, orders closed less than 30 days ago: a rework may still come.
    public var firstTimeFixProvisional: Int?
    /// Of `closed`, orders closed less than 30 days ago: a rework may still come.
    public var reworkProvisional: Int?

    public init(
        opened: Int, closed: Int, firstResponseMedian: Int? = nil, firstResponseP90: Int? = nil,
        meanTimeToResolve: Int? = nil, meanTimeToRepair: Int? = nil, firstTimeFixed: Int, firstTimeFixBase: Int,
        resolvedRemotely: Int, reworked: Int, repeatVisits: Int, visited: Int, followedUp: Int, surveysSent: Int,
        surveysAnswered: Int, satisfied: Int, satisfactionAnswers: Int, promoters: Int, detractors: Int,
        recommendationAnswers: Int, clocksMet: [String: Int] = [:], clocksBreached: [String: Int] = [:],
        firstTimeFixProvisional: Int? = nil, reworkProvisional: Int? = nil
    ) {
        self.opened = opened
        self.closed = closed
        self.firstResponseMedian = firstResponseMedian
        self.firstResponseP90 = firstResponseP90
        self.meanTimeToResolve = meanTimeToResolve
        self.meanTimeToRepair = meanTimeToRepair
        self.firstTimeFixed = firstTimeFixed
        self.firstTimeFixBase = firstTimeFixBase
        self.resolvedRemotely = resolvedRemotely
        self.reworked = reworked
        self.repeatVisits = repeatVisits
        self.visited = visited
        self.followedUp = followedUp
        self.surveysSent = surveysSent
        self.surveysAnswered = surveysAnswered
        self.satisfied = satisfied
        self.satisfactionAnswers = satisfactionAnswers
        self.promoters = promoters
        self.detractors = detractors
        self.recommendationAnswers = recommendationAnswers
        self.clocksMet = clocksMet
        self.clocksBreached = clocksBreached
        self.firstTimeFixProvisional = firstTimeFixProvisional
        self.reworkProvisional = reworkProvisional
    }
}

/// Feedback's lines of the reconciliation.
public struct FeedbackTotalsQuery: Query, Equatable {
    public typealias Reply = FeedbackTotals
    public static let service = ServiceName.feedback
    public static let wireName = "totals"

    public init() {
    }
}

/// Counts over every follow-up, survey and notification.
public struct FeedbackTotals: Codable, Sendable, Equatable {
    public var followUpsByStatus: [String: Int]
    public var surveysByStatus: [String: Int]
    public var notificationsByStatus: [String: Int]

    public init(
        followUpsByStatus: [String: Int] = [:], surveysByStatus: [String: Int] = [:],
        notificationsByStatus: [String: Int] = [:]
    ) {
        self.followUpsByStatus = followUpsByStatus
        self.surveysByStatus = surveysByStatus
        self.notificationsByStatus = notificationsByStatus
    }
}
